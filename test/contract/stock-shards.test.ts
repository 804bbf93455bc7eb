import { randomUUID } from 'node:crypto';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { moveStock } from '../../functions/inventory/application/move-stock.ts';
import { setStockLimits } from '../../functions/inventory/application/set-limits.ts';
import { isSplitter, shardFor } from '../../functions/inventory/domain/shards.ts';
import type { StockMovement } from '../../functions/inventory/domain/stock-events.ts';
import { stockKey } from '../../functions/published/inventory-tables.ts';
import { readShards } from '../../functions/shared/edge/read-shards.ts';
import type { CorrelationId, OrderId, Sku } from '../../functions/shared/kernel/ids.ts';
import { DEFAULT_LOCATION } from '../../functions/shared/kernel/location.ts';
import { type DynamoDbStockWorld, inShards } from '../support/orders/stock-world.ts';
import { newOrderId, orderThat, stockedOrders } from '../support/orders/stocked-orders.ts';

const SHARDS = 4;
const orders = stockedOrders();
const { reserve, release, ship } = orders;
let world: DynamoDbStockWorld;
let sku: Sku;

beforeEach(() => {
  world = inShards(orders.onDynamoDb, SHARDS);
  orders.renew(world);
  sku = orders.sku as Sku;
});

const shardsOf = async () => readShards(world.db, world.tables.inventory, (shard) => stockKey(sku, shard));
const unitsOf = async (shelf: string) => (await shardsOf()).map((shard) => Number(shard[shelf] ?? 0));
const sumOf = (units: readonly number[]) => units.reduce((sum, each) => sum + each, 0);
const origin = () => {
  const id = randomUUID();
  return { id, correlationId: id as CorrelationId, causationId: id, actor: { type: 'operator', id: 'O1' } } as const;
};
const stockDeps = () => ({ stock: world.articles, now: world.now });
const move = (movement: StockMovement) => moveStock(stockDeps(), sku, movement, origin());
const limit = (safetyStock: number) => setStockLimits(stockDeps(), sku, { safetyStock, reason: 'A fair.' }, origin());
const bought = async (id: OrderId, quantity: number) => {
  await world.order(id, { [sku]: quantity });
  await reserve(id);
};

describe('An article in four shards', () => {
  test('has what all of them have together', async () => {
    await world.stock(sku, 10);
    expect(await unitsOf('available')).toEqual([2, 2, 3, 3]);
    expect(await world.articles.find(sku)).toMatchObject({
      available: 10,
      reserved: 0,
      sold: 0,
      damaged: 0,
      received: 10,
    });
    expect(await world.articles.forSale([sku], [DEFAULT_LOCATION])).toEqual(new Map([[sku, 10]]));
  });

  test('gives orders units from all of them, and gets them back where they were', async () => {
    await world.stock(sku, 40);
    await bought(newOrderId(), 11); // More than the first one has: from here on the shards are known.
    const others = Array.from({ length: 24 }, newOrderId);
    await Promise.all(others.map((id) => bought(id, 1)));
    expect((await unitsOf('reserved')).filter((units) => units > 0).length).toBeGreaterThan(2);
    const held = await Promise.all(others.map((id) => world.inventory.find(id)));
    const before = await unitsOf('available');
    await Promise.all(others.map((id) => release(id)));
    const back = (await unitsOf('available')).map((units, shard) => units - before[shard]!);
    const from = (shard: number) =>
      held.filter((one) => one.status === 'held' && (one.lines[0]!.shard ?? 0) === shard).length;
    expect(back).toEqual([0, 1, 2, 3].map(from));
  });

  test('sells its last units, wherever they lie, to the order that wants them all', async () => {
    await world.stock(sku, 7);
    await bought(orders.orderId, 7);
    expect(await world.articles.find(sku)).toMatchObject({ available: 0, reserved: 7 });
    await expect(bought(newOrderId(), 1)).rejects.toThrow('wants more than there is');
    await ship();
    expect(await world.articles.find(sku)).toMatchObject({ available: 0, reserved: 0, sold: 7 });
  });

  test('fills its other shards with goods that have arrived', async () => {
    await world.stock(sku, 0);
    await expect(bought(newOrderId(), 1)).rejects.toThrow('wants more than there is');
    await move({ type: 'StockReceived', data: { quantity: 400 } });
    for (let shard = 0; shard < SHARDS; shard += 1) {
      await bought(
        orderThat((id) => shardFor(id, SHARDS, 0) === shard),
        1,
      );
    }
    const available = await unitsOf('available');
    expect(sumOf(available)).toBe(396);
    expect(available.filter((units) => units > 10).length).toBe(SHARDS);
  });

  test('keeps its safety stock of what all shards have', async () => {
    await world.stock(sku, 10);
    expect(await limit(7)).toMatchObject({ ok: true });
    expect(await world.articles.find(sku)).toMatchObject({ available: 10, safetyStock: 7 });
    await expect(bought(newOrderId(), 4)).rejects.toThrow('wants more than there is');
    await bought(newOrderId(), 3);
    expect(Math.min(...(await unitsOf('available')))).toBe(0);
    expect(await world.articles.forSale([sku], [DEFAULT_LOCATION])).toEqual(new Map([[sku, 0]]));
  });

  test('has its whole safety stock from the moment in which it is set: orders of that moment find no more than the rest', async () => {
    await world.stock(sku, 40);
    const buyers = Array.from({ length: 12 }, newOrderId);
    await Promise.all(buyers.map((id) => world.order(id, { [sku]: 1 })));
    const sold: string[] = [];
    const buy = async () => {
      const outcomes = await Promise.allSettled(buyers.splice(0).map((id) => reserve(id)));
      sold.push(...outcomes.map(({ status }) => status));
    };
    // As soon as it is written, and before its caller knows.
    const send = async (command: TransactWriteCommand): Promise<unknown> => {
      const answer = await world.db.send(command);
      if (command instanceof TransactWriteCommand) await buy();
      return answer;
    };
    const articles = world.articlesOver({ send } as unknown as DynamoDBDocumentClient);
    const data = { safetyStock: 37, reason: 'A fair.' };
    expect(await setStockLimits({ ...stockDeps(), stock: articles }, sku, data, origin())).toMatchObject({ ok: true });
    expect(sold.filter((status) => status === 'fulfilled')).toHaveLength(3);
    expect(await world.articles.find(sku)).toMatchObject({ available: 37, reserved: 3, safetyStock: 37 });
  });

  test('leaves nothing for orders in any shard when less is left than the safety stock', async () => {
    await world.stock(sku, 10);
    await limit(7);
    expect(await move({ type: 'StockDamaged', data: { quantity: 6, reason: 'lost' } })).toMatchObject({ ok: true });
    expect(Math.max(...(await unitsOf('available')))).toBeLessThanOrEqual(0);
    await expect(bought(newOrderId(), 1)).rejects.toThrow('wants more than there is');
    expect(await world.articles.find(sku)).toMatchObject({ available: 4, damaged: 6, safetyStock: 7 });
  });

  test('loses units that are damaged or missing from all of them, and no more than there are', async () => {
    await world.stock(sku, 10);
    expect(await move({ type: 'StockDamaged', data: { quantity: 6, reason: 'lost' } })).toMatchObject({ ok: true });
    expect(await move({ type: 'StockCorrected', data: { quantity: -3, reason: 'Counted.' } })).toMatchObject({
      ok: true,
    });
    expect(await world.articles.find(sku)).toMatchObject({ available: 1, damaged: 6, received: 7, version: 3 });
    expect(await move({ type: 'StockDamaged', data: { quantity: 2, reason: 'lost' } })).toMatchObject({
      ok: false,
      refusal: { kind: 'too-few', stock: { available: 1 } },
    });
  });

  test('takes back what it sold, wherever that lay', async () => {
    await world.stock(sku, 40);
    const id = orderThat((one) => shardFor(one, SHARDS, 0) === 3);
    await bought(newOrderId(), 11);
    await bought(id, 4);
    await ship(id);
    const back = { quantity: 4, condition: 'sellable', orderId: id, returnId: 'return-1' } as const;
    expect(await move({ type: 'StockReturned', data: back })).toMatchObject({ ok: true });
    expect(await world.articles.find(sku)).toMatchObject({ available: 29, reserved: 11, sold: 0 });
  });
});

describe('An article whose orders keep meeting', () => {
  /** DynamoDB cancels transactions that conflict; the engines of tests never do. */
  const conflicting = (times: number): DynamoDBDocumentClient => {
    let left = times;
    const send = async (command: TransactWriteCommand): Promise<unknown> => {
      if (command instanceof TransactWriteCommand && command.input.TransactItems!.length === 3 && left > 0) {
        left -= 1;
        throw new TransactionCanceledException({
          message: 'Transaction cancelled',
          $metadata: {},
          CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }, { Code: 'None' }],
        });
      }
      return world.db.send(command);
    };
    return { send } as unknown as DynamoDBDocumentClient;
  };

  test('is split by one of them, and has as many units as before', async () => {
    world = orders.onDynamoDb;
    await world.stock(sku, 40);
    const id = orderThat(isSplitter);
    await world.order(id, { [sku]: 1 });
    await reserve(id, { ...world, inventory: world.inventoryOver(conflicting(2)) });
    expect(await shardsOf()).toMatchObject([{ shards: 4 }, {}, {}, {}]);
    expect(sumOf(await unitsOf('available'))).toBe(39);
    expect(sumOf(await unitsOf('reserved'))).toBe(1);
  });

  test('is not split by an order that met another one once, nor when it has few units', async () => {
    world = orders.onDynamoDb;
    await world.stock(sku, 40);
    const id = orderThat(isSplitter);
    await world.order(id, { [sku]: 30 });
    await reserve(id, { ...world, inventory: world.inventoryOver(conflicting(1)) });
    const other = orderThat(isSplitter);
    await world.order(other, { [sku]: 1 });
    await reserve(other, { ...world, inventory: world.inventoryOver(conflicting(4)) });
    expect(await shardsOf()).toHaveLength(1);
  });

  test('is found split by the next order that meets another, which goes on in its own shard', async () => {
    await world.stock(sku, 40);
    const id = orderThat((one) => !isSplitter(one) && shardFor(one, SHARDS, 1) === 2);
    await world.order(id, { [sku]: 1 });
    await reserve(id, { ...world, inventory: world.inventoryOver(conflicting(1)) });
    expect(await world.inventory.find(id)).toMatchObject({ lines: [{ sku, quantity: 1, shard: 2 }] });
  });
});
