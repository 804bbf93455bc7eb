import { randomUUID } from 'node:crypto';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reserveStock } from '../../functions/inventory/application/reserve.ts';
import { OutOfStock } from '../../functions/inventory/domain/errors.ts';
import { stockKey } from '../../functions/published/inventory-tables.ts';
import { readShards } from '../../functions/shared/edge/read-shards.ts';
import { ConcurrencyConflict } from '../../functions/shared/kernel/errors.ts';
import type { OrderId, Sku } from '../../functions/shared/kernel/ids.ts';
import { openDynamoDb, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { REFUSING } from '../support/orders/reserve-settings.ts';
import { type DynamoDbStockWorld, stockWorld } from '../support/orders/stock-world.ts';
import { newOrderId } from '../support/orders/stocked-orders.ts';
import fc from '../support/run/properties.ts';

/** As often as the saga does, and some more: here nobody waits in between. */
const MOST_RUNS = 10;

let dynamoDb: TestDynamoDb;
let world: DynamoDbStockWorld;

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  world = await stockWorld(dynamoDb);
});

afterAll(() => dynamoDb?.close());

/** The client of a function whose first transactions meet others, which no engine of tests lets them do. */
function meeting(times: number): DynamoDBDocumentClient {
  let left = times;
  const send = async (command: TransactWriteCommand): Promise<unknown> => {
    if (!(command instanceof TransactWriteCommand) || left === 0) return world.db.send(command);
    left -= 1;
    throw new TransactionCanceledException({
      message: 'Transaction cancelled',
      $metadata: {},
      CancellationReasons: command.input.TransactItems!.map((_, place) => ({
        Code: place === 0 ? 'TransactionConflict' : 'None',
      })),
    });
  };
  return { send } as unknown as DynamoDBDocumentClient;
}

/** Resolves to whether the order got its unit. */
async function buys(orderId: OrderId, meets: number): Promise<boolean> {
  const deps = { ...world, inventory: world.inventoryOver(meeting(meets)) };
  for (let run = 1; ; run += 1) {
    try {
      await reserveStock(deps, { orderId, attempt: 0, canWait: true }, REFUSING);
      return true;
    } catch (error) {
      if (error instanceof OutOfStock) return false;
      if (!(error instanceof ConcurrencyConflict) || run === MOST_RUNS) throw error;
    }
  }
}

/** What lies in each shard: one of them, four, or sixteen. */
const shelves = fc
  .constantFrom(1, 4, 16)
  .chain((shards) => fc.array(fc.nat({ max: Math.ceil(24 / shards) }), { minLength: shards, maxLength: shards }));
/** How often each of them meets others before. */
const buyers = fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 14 });

test('Parallel buyers of one unit each get every unit there is, wherever it lies, and no more', async () => {
  await fc.assert(
    fc.asyncProperty(shelves, buyers, async (units, meets) => {
      const sku = `SKU-${randomUUID()}` as Sku;
      const keyOf = (shard: number) => stockKey(sku, shard);
      for (const [shard, available] of units.entries()) {
        const Item = { ...keyOf(shard), available, ...(shard === 0 && { shards: units.length }) };
        await world.db.send(new PutCommand({ TableName: world.tables.inventory, Item }));
      }
      const ids = meets.map(newOrderId);
      await Promise.all(ids.map((id) => world.order(id, { [sku]: 1 })));

      const got = await Promise.all(ids.map((id, index) => buys(id, meets[index]!)));

      const stock = units.reduce((sum, each) => sum + each, 0);
      const sold = got.filter(Boolean).length;
      expect(sold).toBe(Math.min(stock, ids.length));
      const after = await readShards(world.db, world.tables.inventory, keyOf);
      const count = (name: string) => after.map((shard) => Number(shard[name] ?? 0));
      expect(Math.min(...count('available'))).toBeGreaterThanOrEqual(0);
      expect(count('available').reduce((sum, each) => sum + each, 0)).toBe(stock - sold);
      expect(count('reserved').reduce((sum, each) => sum + each, 0)).toBe(sold);
    }),
    { numRuns: 25 },
  );
});
