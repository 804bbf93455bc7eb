import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confirmReservation } from '../../functions/inventory/application/confirm.ts';
import { moveStock } from '../../functions/inventory/application/move-stock.ts';
import { releaseStock } from '../../functions/inventory/application/release.ts';
import { reserveStock } from '../../functions/inventory/application/reserve.ts';
import { setStockLimits } from '../../functions/inventory/application/set-limits.ts';
import { forSaleAt } from '../../functions/inventory/domain/article-stock.ts';
import { changesOfAll, type StockCount, sumOf } from '../../functions/inventory/domain/stock-count.ts';
import type { StockMovement } from '../../functions/inventory/domain/stock-events.ts';
import { unitsAt } from '../../functions/inventory/domain/stock-line.ts';
import { WaybillError } from '../../functions/shared/kernel/errors.ts';
import { type CorrelationId, type OrderId, parseOrderId, type Sku } from '../../functions/shared/kernel/ids.ts';
import type { LocationId } from '../../functions/shared/kernel/location.ts';
import { openDynamoDb, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { REFUSING } from '../support/orders/reserve-settings.ts';
import { type DynamoDbStockWorld, inShards, type StockWorld, stockWorld } from '../support/orders/stock-world.ts';
import { newEvent } from '../support/orders/streams.ts';
import fc from '../support/run/properties.ts';

const ORDERS = 4;
const LOCATIONS = ['main', 'north', 'south'] as readonly string[] as readonly LocationId[];
const SETTINGS = {
  ...REFUSING,
  locations: Object.fromEntries(LOCATIONS.map((id) => [id, { priority: 1, active: true }])),
};

let dynamoDb: TestDynamoDb;
let onDynamoDb: DynamoDbStockWorld;
let world: StockWorld;

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  onDynamoDb = await stockWorld(dynamoDb);
});

afterAll(() => dynamoDb?.close());

const quantity = fc.integer({ min: 1, max: 5 });
const location = fc.constantFrom(...LOCATIONS);
const movement: fc.Arbitrary<StockMovement> = fc.oneof(
  fc.record({ quantity, location }).map((data): StockMovement => ({ type: 'StockReceived', data })),
  fc
    .record({ quantity, location })
    .map((data): StockMovement => ({ type: 'StockDamaged', data: { ...data, reason: 'lost' } })),
  fc.tuple(quantity, fc.shuffledSubarray([...LOCATIONS], { minLength: 2, maxLength: 2 })).map(
    ([units, [from, to]]): StockMovement => ({
      type: 'StockTransferred',
      data: { quantity: units, from: from!, to: to! },
    }),
  ),
);
const limits = fc.record({ safetyStock: fc.nat({ max: 6 }), location });
const allocation = fc.constantFrom('priority' as const, 'single-location-first' as const);

const origin = () => {
  const id = randomUUID();
  return { id, correlationId: id as CorrelationId, causationId: id, actor: { type: 'operator', id: 'O1' } } as const;
};
const move = (sku: Sku, each: StockMovement) =>
  moveStock({ stock: world.articles, now: world.now }, sku, each, origin());
const limit = (sku: Sku, data: { readonly safetyStock: number; readonly location: LocationId }) =>
  setStockLimits({ stock: world.articles, now: world.now }, sku, { ...data, reason: 'A fair.' }, origin());
const reserve = (orderId: OrderId, rule: (typeof SETTINGS)['allocation']) =>
  reserveStock(world, { orderId, attempt: 0, canWait: true }, { ...SETTINGS, allocation: rule });
const shipped = (id: OrderId) => ({
  ...newEvent({ type: 'OrderShipped', data: {} }, 0, id),
  orderId: id,
  version: 1,
});

async function ordered(sku: Sku, units: number): Promise<OrderId> {
  const id = parseOrderId(randomUUID());
  await world.order(id, { [sku]: units });
  return id;
}

/** Does all of it at once; what is refused says so. */
async function atOnce(work: readonly Promise<unknown>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(work)) {
    if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(WaybillError);
  }
}

/** What there is at first: so many units at each location, in a history of receipts. */
async function article(units: readonly number[]): Promise<Sku> {
  const sku = `SKU-${randomUUID()}` as Sku;
  await world.stock(sku, 0);
  for (const [index, each] of units.entries()) {
    if (each > 0) await move(sku, { type: 'StockReceived', data: { quantity: each, location: LOCATIONS[index]! } });
  }
  return sku;
}
const shelves = fc.array(fc.nat({ max: 8 }), { minLength: LOCATIONS.length, maxLength: LOCATIONS.length });

describe.each([1, 4])('Stock at three locations in %i shards', (shards) => {
  beforeAll(() => {
    world = inShards(onDynamoDb, shards);
  });

  const action = fc.oneof(
    fc.record({ movement }),
    fc.record({
      order: fc.nat({ max: ORDERS - 1 }),
      kind: fc.constantFrom('reserve', 'release', 'confirm'),
      allocation,
    }),
  );
  const rounds = fc.array(fc.array(action, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });

  test('adds up at each of them and together: what arrived there, was reserved, was sold and went to another one', async () => {
    await fc.assert(
      fc.asyncProperty(
        shelves,
        fc.array(quantity, { minLength: ORDERS, maxLength: ORDERS }),
        rounds,
        async (units, wanted, all) => {
          const sku = await article(units);
          const ids = await Promise.all(wanted.map((each) => ordered(sku, each)));
          for (const actions of all) {
            await atOnce(
              actions.map((each) => {
                if ('movement' in each) return move(sku, each.movement);
                const orderId = ids[each.order]!;
                if (each.kind === 'reserve') return reserve(orderId, each.allocation);
                return each.kind === 'release'
                  ? releaseStock(world, { orderId })
                  : confirmReservation(world, shipped(orderId));
              }),
            );
          }
          const stock = (await world.articles.find(sku))!;
          const history = await world.stockLog.read(sku);
          const held = await Promise.all(ids.map((id) => world.inventory.find(id)));
          const unitsOf = (status: 'held' | 'confirmed', at: LocationId) =>
            held
              .flatMap((reservation) => (reservation.status === status ? unitsAt(reservation.lines) : []))
              .reduce((sum, line) => sum + (line.location === at ? line.quantity : 0), 0);
          for (const [at, { safetyStock: _, ...counts }] of stock.locations) {
            const [reserved, sold] = [unitsOf('held', at), unitsOf('confirmed', at)];
            const moved = changesOfAll(history).get(at) ?? {};
            const none = { available: 0, reserved: 0, sold: 0, damaged: 0, received: 0 };
            expect(counts).toEqual(sumOf([none, moved, { available: -reserved - sold, reserved, sold }]) as StockCount);
            expect(Math.min(...Object.values(counts))).toBeGreaterThanOrEqual(0);
            expect(counts.available + counts.reserved + counts.sold + counts.damaged).toBe(counts.received);
          }
          expect(stock.received).toBe([...stock.locations.values()].reduce((sum, each) => sum + each.received, 0));
        },
      ),
      { numRuns: 6 },
    );
  });

  test('is sold down to the safety stock of each, however it was set and lost while orders came', async () => {
    await fc.assert(
      fc.asyncProperty(
        shelves,
        fc.array(fc.array(fc.oneof(fc.record({ movement }), limits, quantity), { minLength: 1, maxLength: 4 }), {
          minLength: 1,
          maxLength: 4,
        }),
        async (units, all) => {
          const sku = await article(units);
          for (const actions of all) {
            await atOnce(
              actions.map(async (each) => {
                if (typeof each === 'number') return reserve(await ordered(sku, each), 'priority');
                return 'movement' in each ? move(sku, each.movement) : limit(sku, each);
              }),
            );
          }
          const forSale = forSaleAt((await world.articles.find(sku))!, LOCATIONS);
          expect(await world.articles.forSale([sku], LOCATIONS)).toEqual(new Map([[sku, forSale]]));
          const buyers = await Promise.all(Array.from({ length: forSale + 3 }, () => ordered(sku, 1)));
          const bought = await Promise.allSettled(buyers.map((id) => reserve(id, 'priority')));
          expect(bought.filter(({ status }) => status === 'fulfilled')).toHaveLength(forSale);
        },
      ),
      { numRuns: 6 },
    );
  });
});
