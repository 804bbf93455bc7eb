import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { confirmReservation } from '../../functions/inventory/application/confirm.ts';
import { moveStock } from '../../functions/inventory/application/move-stock.ts';
import { releaseStock } from '../../functions/inventory/application/release.ts';
import { reserveStock } from '../../functions/inventory/application/reserve.ts';
import { setStockLimits } from '../../functions/inventory/application/set-limits.ts';
import {
  changesOfAll,
  NO_STOCK,
  type StockCount,
  sumOf,
  withChanges,
} from '../../functions/inventory/domain/stock-count.ts';
import type { StockMovement } from '../../functions/inventory/domain/stock-events.ts';
import { WaybillError } from '../../functions/shared/kernel/errors.ts';
import { type CorrelationId, type OrderId, parseOrderId, type Sku } from '../../functions/shared/kernel/ids.ts';
import { openDynamoDb, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { REFUSING } from '../support/orders/reserve-settings.ts';
import { type StockWorld, stockWorld } from '../support/orders/stock-world.ts';
import { newEvent } from '../support/orders/streams.ts';
import fc from '../support/run/properties.ts';

const ORDERS = 3;
let dynamoDb: TestDynamoDb;
let world: StockWorld;

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  world = await stockWorld(dynamoDb);
});

afterAll(() => dynamoDb?.close());

const quantity = fc.integer({ min: 1, max: 4 });
const orderId = parseOrderId(randomUUID());
const movement: fc.Arbitrary<StockMovement> = fc.oneof(
  quantity.map((units): StockMovement => ({ type: 'StockReceived', data: { quantity: units } })),
  quantity.map((units): StockMovement => ({ type: 'StockDamaged', data: { quantity: units, reason: 'lost' } })),
  fc
    .constantFrom(-3, -2, -1, 1, 2)
    .map((units): StockMovement => ({ type: 'StockCorrected', data: { quantity: units, reason: 'Counted.' } })),
  fc
    .record({ quantity, condition: fc.constantFrom('sellable' as const, 'damaged' as const) })
    .map((back): StockMovement => ({ type: 'StockReturned', data: { ...back, orderId, returnId: 'return-1' } })),
);
/** What operators and the steps of orders do at the same time; `twice` sends the same movement again. */
const action = fc.oneof(
  fc.record({ movement, twice: fc.boolean() }),
  fc.record({ safetyStock: fc.nat({ max: 8 }) }),
  fc.record({ order: fc.nat({ max: ORDERS - 1 }), kind: fc.constantFrom('reserve', 'release', 'confirm') }),
);
type Action = typeof action extends fc.Arbitrary<infer One> ? One : never;
const rounds = fc.array(fc.array(action, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });

const shipped = (id: OrderId) => ({
  ...newEvent({ type: 'OrderShipped', data: {} }, 0, id),
  orderId: id,
  version: 1,
});

const originOf = (id: string) => ({
  id,
  correlationId: 'request-1' as CorrelationId,
  causationId: id,
  actor: { type: 'operator', id: 'O1' } as const,
});

const move = (sku: Sku, each: StockMovement, id: string) =>
  moveStock({ stock: world.articles, now: world.now }, sku, each, originOf(id));

async function countsOf(sku: Sku): Promise<StockCount> {
  const { available, reserved, sold, damaged, received } = (await world.articles.find(sku))!;
  return { available, reserved, sold, damaged, received };
}

async function carryOut(sku: Sku, ids: readonly OrderId[], each: Action): Promise<void> {
  if ('movement' in each) {
    const id = randomUUID();
    await Promise.all([move(sku, each.movement, id), ...(each.twice ? [move(sku, each.movement, id)] : [])]);
    return;
  }
  if ('safetyStock' in each) {
    const limits = { safetyStock: each.safetyStock, reason: 'Counts are often wrong.' };
    await setStockLimits({ stock: world.articles, now: world.now }, sku, limits, originOf(randomUUID()));
    return;
  }
  const id = ids[each.order]!;
  if (each.kind === 'reserve') await reserveStock(world, { orderId: id, attempt: 0, canWait: true }, REFUSING);
  if (each.kind === 'release') await releaseStock(world, { orderId: id });
  if (each.kind === 'confirm') await confirmReservation(world, shipped(id));
}

test('What operators record and what orders reserve, buy and give back add up to what was received, and no count is negative', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 6 }),
      fc.array(quantity, { minLength: ORDERS, maxLength: ORDERS }),
      rounds,
      async (units, wanted, all) => {
        const sku = `SKU-${randomUUID()}` as Sku;
        await world.stock(sku, units);
        const ids = wanted.map(() => parseOrderId(randomUUID()));
        for (const [index, id] of ids.entries()) await world.order(id, { [sku]: wanted[index]! });

        for (const actions of all) {
          const outcomes = await Promise.allSettled(actions.map((each) => carryOut(sku, ids, each)));
          for (const outcome of outcomes) {
            if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(WaybillError);
          }
          const { received, ...shelves } = await countsOf(sku);
          expect(Math.min(...Object.values(shelves))).toBeGreaterThanOrEqual(0);
          expect(Object.values(shelves).reduce((sum, count) => sum + count, 0)).toBe(received);
        }

        const counts = await countsOf(sku);
        const history = await world.stockLog.read(sku);
        expect(history).toHaveLength((await world.articles.find(sku))!.version);
        const held = await Promise.all(ids.map((id) => world.inventory.find(id)));
        const unitsOf = (status: 'held' | 'confirmed') =>
          held.reduce((sum, reservation, index) => sum + (reservation.status === status ? wanted[index]! : 0), 0);
        const [reserved, sold] = [unitsOf('held'), unitsOf('confirmed')];
        // What was there before the history began has no event of its own: `StockOpened` only says how much it was.
        const opened = {
          available: units - reserved - sold,
          reserved,
          sold,
          received: history.length === 0 ? units : 0,
        };
        expect(counts).toEqual(withChanges(NO_STOCK, sumOf([opened, ...changesOfAll(history).values()])));
      },
    ),
    { numRuns: 25 },
  );
});
