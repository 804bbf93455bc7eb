import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  TransactGetCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { stockUpdate } from '../../functions/inventory/adapters/stock-moves.ts';
import { OutOfStock } from '../../functions/inventory/domain/errors.ts';
import { shardFor } from '../../functions/inventory/domain/shards.ts';
import { stockKey } from '../../functions/published/inventory-tables.ts';
import { ConcurrencyConflict } from '../../functions/shared/kernel/errors.ts';
import type { OrderId, Sku } from '../../functions/shared/kernel/ids.ts';
import { type DynamoDbStockWorld, inShards } from '../support/orders/stock-world.ts';
import { newOrderId, orderThat, stockedOrders } from '../support/orders/stocked-orders.ts';

const SHARDS = 4;
const EMPTY = 0;
const FULL = 3;
const orders = stockedOrders();
const { reserve } = orders;
let world: DynamoDbStockWorld;
let sku: Sku;
let buyer: OrderId;

interface StoredShard {
  readonly pk: string;
  readonly available: number;
}

beforeEach(async () => {
  world = inShards(orders.onDynamoDb, SHARDS);
  orders.renew(world);
  sku = orders.sku as Sku;
  await world.stock(sku, 1); // In the last shard.
  buyer = await orderIn(EMPTY);
});

/** An order of one unit, which looks for it in this shard. */
const orderIn = async (shard: number): Promise<OrderId> => {
  const id = orderThat((one) => shardFor(one, SHARDS, 0) === shard);
  await world.order(id, { [sku]: 1 });
  return id;
};
const over = (send: (command: never) => Promise<unknown>) =>
  world.inventoryOver({ send } as unknown as DynamoDBDocumentClient);
/** The inventory of a function that has something happen at each look at several shards. */
const looking = (onLook: (look: number, see: () => Promise<unknown>) => Promise<unknown>) => {
  let looks = 0;
  const inventory = over(async (command: BatchGetCommand) => {
    if (!(command instanceof BatchGetCommand)) return world.db.send(command);
    looks += 1;
    return onLook(looks, () => world.db.send(command));
  });
  return { reserve: () => reserve(buyer, { ...world, inventory }), looks: () => looks };
};
const shelf = (shard: number, available: number) =>
  stockUpdate(world.tables.inventory, { sku, shard }, { changes: { available } });
const bring = (from: number, to: number) =>
  world.db.send(new TransactWriteCommand({ TransactItems: [shelf(from, -1), shelf(to, 1)] }));
const itemsOf = async (see: () => Promise<unknown>): Promise<StoredShard[]> =>
  ((await see()) as { Responses: Record<string, StoredShard[]> }).Responses[world.tables.inventory]!;

describe('An article that is nearly sold out', () => {
  test('sells its last unit to an order of another shard, however many transactions are at its shards', async () => {
    const inventory = over(async (command: TransactGetCommand) => {
      if (!(command instanceof TransactGetCommand)) return world.db.send(command);
      throw new TransactionCanceledException({ message: 'Transaction cancelled', $metadata: {} });
    });
    await reserve(buyer, { ...world, inventory });
    expect(await world.inventory.find(buyer)).toMatchObject({ lines: [{ sku, quantity: 1 }] });
  });

  test('sells a unit that one look has missed because it went to another shard meanwhile', async () => {
    const order = looking(async (look, see) => {
      if (look > 1) return see();
      const before = await itemsOf(see);
      await bring(FULL, EMPTY);
      const after = await itemsOf(see);
      const isFull = (item: StoredShard) => item.pk === stockKey(sku, FULL).pk;
      const seen = [...before.filter((item) => !isFull(item)), ...after.filter(isFull)];
      expect(seen.map(({ available }) => available)).toEqual([0, 0, 0, 0]);
      return { Responses: { [world.tables.inventory]: seen } };
    });
    await order.reserve();
    expect(await world.articles.find(sku)).toMatchObject({ available: 0, reserved: 1 });
  });

  test('is sold out when two looks have seen the same', async () => {
    await reserve(await orderIn(FULL));
    const order = looking((_, see) => see());
    await expect(order.reserve()).rejects.toThrow(OutOfStock);
    expect(order.looks()).toBe(2);
  });

  test('has the order try again later when what is too little keeps changing', async () => {
    buyer = newOrderId();
    await world.order(buyer, { [sku]: 2 });
    const order = looking(async (look, see) => {
      await bring(look % 2 === 1 ? FULL : EMPTY, look % 2 === 1 ? EMPTY : FULL);
      return see();
    });
    await expect(order.reserve()).rejects.toThrow(ConcurrencyConflict);
    expect(await world.inventory.find(buyer)).toEqual({ status: 'none' });
  });
});
