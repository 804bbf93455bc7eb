import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confirmReservation } from '../../functions/inventory/application/confirm.ts';
import { releaseStock } from '../../functions/inventory/application/release.ts';
import { reserveStock } from '../../functions/inventory/application/reserve.ts';
import { WaybillError } from '../../functions/shared/kernel/errors.ts';
import { type OrderId, parseOrderId, type Sku } from '../../functions/shared/kernel/ids.ts';
import { openDynamoDb, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { ONE_SOURCE, REFUSING } from '../support/orders/reserve-settings.ts';
import { type DynamoDbStockWorld, inShards, type StockWorld, stockWorld } from '../support/orders/stock-world.ts';
import { changeRequested, newEvent } from '../support/orders/streams.ts';
import fc from '../support/run/properties.ts';

const ORDERS = 4;
const ARTICLES = ['A', 'B', 'C'] as const;

let dynamoDb: TestDynamoDb;
let onDynamoDb: DynamoDbStockWorld;
let world: StockWorld;

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  onDynamoDb = await stockWorld(dynamoDb);
});

afterAll(() => dynamoDb?.close());

/** A few units of each article, so that orders compete for them. */
const shelf = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: ARTICLES.length, maxLength: ARTICLES.length });
const order = fc.dictionary(fc.constantFrom(...ARTICLES), fc.integer({ min: 1, max: 4 }), { minKeys: 1 });
/** Steps as a saga with retries, timeouts and redrives may make them: in any order, repeated, several at once. */
const step = fc.record({
  order: fc.nat({ max: ORDERS - 1 }),
  kind: fc.constantFrom('reserve', 'adjust', 'release', 'confirm'),
  to: order,
  behind: fc.nat({ max: 2 }),
});
const ADJUSTED = { type: 'ItemsChanged', data: changeRequested().data } as const;
const shipped = (orderId: OrderId) => ({
  ...newEvent({ type: 'OrderShipped', data: {} }, 0, orderId),
  orderId,
  version: 1,
});
const rounds = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 });

describe.each([1, 4])('Stock in %i shards', (shards) => {
  beforeAll(() => {
    world = inShards(onDynamoDb, shards);
  });

  test('is conserved through any steps: held reservations are reserved, confirmed ones are sold, and the rest is available', async () => {
    await fc.assert(
      fc.asyncProperty(
        shelf,
        fc.array(order, { minLength: ORDERS, maxLength: ORDERS }),
        rounds,
        async (units, orders, all) => {
          const run = randomUUID();
          const nameOf = (article: string) => `${article}-${run}`;
          const named = (quantities: Readonly<Record<string, number>>) =>
            Object.entries(quantities).map(([article, quantity]) => ({ sku: nameOf(article) as Sku, quantity }));
          for (const [index, article] of ARTICLES.entries()) await world.stock(nameOf(article), units[index]!);
          const ids = orders.map(() => parseOrderId(randomUUID()));
          for (const [index, quantities] of orders.entries()) {
            await world.order(
              ids[index]!,
              Object.fromEntries(named(quantities).map(({ sku, quantity }) => [sku, quantity])),
            );
          }

          for (const steps of all) {
            const outcomes = await Promise.allSettled(
              steps.map(async ({ order: index, kind, to, behind }) => {
                const orderId = ids[index]!;
                if (kind === 'adjust') {
                  // A step may know an older version of the stream, never one to come.
                  const version = Math.max(1, (await world.log.read(orderId)).length - behind);
                  const reservation = await world.inventory.find(orderId);
                  const from = reservation.status === 'held' ? reservation.lines : named(to);
                  return world.inventory.adjust(
                    orderId,
                    { from, to: named(to), sources: ONE_SOURCE },
                    () => newEvent(ADJUSTED, 0, orderId),
                    version + 1,
                  );
                }
                if (kind === 'confirm') return confirmReservation(world, shipped(orderId));
                if (kind === 'release') return releaseStock(world, { orderId });
                return reserveStock(world, { orderId, attempt: 0, canWait: true }, REFUSING);
              }),
            );
            for (const outcome of outcomes) {
              if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(WaybillError);
            }
          }

          const reservations = await Promise.all(ids.map((id) => world.inventory.find(id)));
          for (const [index, article] of ARTICLES.entries()) {
            const { available, reserved, sold = 0 } = await world.stockOf(nameOf(article));
            const unitsOf = (status: 'held' | 'confirmed') =>
              reservations
                .flatMap((reservation) => (reservation.status === status ? reservation.lines : []))
                .filter(({ sku }) => sku === nameOf(article))
                .reduce((total, { quantity }) => total + quantity, 0);
            expect({ reserved, sold }).toEqual({ reserved: unitsOf('held'), sold: unitsOf('confirmed') });
            expect(available).toBe(units[index]! - reserved - sold);
            expect(available).toBeGreaterThanOrEqual(0);
          }
          for (const [index, id] of ids.entries()) {
            const types = (await world.log.read(id))
              .map(({ type }) => type)
              .slice(1)
              .filter((type) => type !== ADJUSTED.type);
            const story = {
              none: [],
              backordered: [],
              held: ['InventoryReserved'],
              confirmed: ['InventoryReserved', 'ReservationConfirmed'],
              released: types.length === 0 ? [] : ['InventoryReserved', 'InventoryReleased'],
            };
            expect(types).toEqual(story[reservations[index]!.status]);
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});
