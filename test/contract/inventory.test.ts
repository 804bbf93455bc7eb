import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { OutOfStock } from '../../functions/inventory/domain/errors.ts';
import { ConcurrencyConflict } from '../../functions/shared/kernel/errors.ts';
import { type OrderId } from '../../functions/shared/kernel/ids.ts';
import { OrderNotFound } from '../../functions/shared/saga-step/errors.ts';
import { KEEP_SECONDS, ONE_SOURCE } from '../support/orders/reserve-settings.ts';
import { type StockWorld } from '../support/orders/stock-world.ts';
import { newOrderId, SHARDED_INVENTORIES, stockedOrders } from '../support/orders/stocked-orders.ts';
import { EVENTS, line, newEvent, START } from '../support/orders/streams.ts';

const orders = stockedOrders();
const { history, reserve, release } = orders;
let world: StockWorld;
let sku: string;
let orderId: OrderId;

describe.each(SHARDED_INVENTORIES)('Reserving %s', (_, makeWorld) => {
  beforeEach(() => {
    orders.renew(makeWorld(orders));
    ({ world, sku, orderId } = orders);
  });

  test('moves the units from available to reserved and records it, all at once', async () => {
    await world.stock(sku, 10);
    await world.order(orderId, { [sku]: 3 });
    expect(await reserve()).toBe(2);
    expect(await world.stockOf(sku)).toEqual({ available: 7, reserved: 3 });
    expect(await history()).toEqual(['OrderCreated', 'InventoryReserved']);
    const expiresAt = new Date(START + 1_000 * KEEP_SECONDS).toISOString();
    const held = { status: 'held', lines: [{ sku, quantity: 3 }], expiresAt };
    expect(await world.inventory.find(orderId)).toMatchObject(held);
  });

  test('takes the last unit', async () => {
    await world.stock(sku, 3);
    await world.order(orderId, { [sku]: 3 });
    await reserve();
    expect(await world.stockOf(sku)).toEqual({ available: 0, reserved: 3 });
  });

  test('again records and takes nothing more', async () => {
    await world.stock(sku, 10);
    await world.order(orderId, { [sku]: 3 });
    await reserve();
    expect(await reserve()).toBe(2);
    expect(await world.stockOf(sku)).toEqual({ available: 7, reserved: 3 });
    expect(await history()).toHaveLength(2);
  });

  test('twice at once reserves once', async () => {
    await world.stock(sku, 10);
    await world.order(orderId, { [sku]: 3 });
    const twice = () => reserve();
    expect(await Promise.all([twice(), twice()])).toEqual([2, 2]);
    expect(await world.stockOf(sku)).toEqual({ available: 7, reserved: 3 });
  });

  test('is refused as a whole and for good when one of the articles is short, naming it', async () => {
    const short = `SHORT-${sku}`;
    await world.stock(sku, 10);
    await world.stock(short, 1);
    await world.order(orderId, { [sku]: 3, [short]: 2 });
    const refusal = await reserve().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(OutOfStock);
    expect(refusal).toMatchObject({ name: 'OutOfStock', retryable: false, data: { skus: [short] } });
    expect(await world.stockOf(sku)).toEqual({ available: 10, reserved: 0 });
    expect(await world.inventory.find(orderId)).toMatchObject({ status: 'released' });
    expect(await history()).toEqual(['OrderCreated']);
  });

  test('of an article that was never in stock is refused as out of stock', async () => {
    await world.order(orderId, { [sku]: 1 });
    await expect(reserve()).rejects.toThrow(OutOfStock);
  });

  test('appends at the end of a stream with events of others', async () => {
    await world.stock(sku, 10);
    await world.order(orderId, { [sku]: 3 });
    await world.log.append(orderId, 1, [newEvent(EVENTS.parked, 1, orderId), newEvent(EVENTS.voided, 2, orderId)]);
    expect(await reserve()).toBe(4);
    expect(await world.stockOf(sku)).toEqual({ available: 7, reserved: 3 });
  });

  test('at a version that is taken is version-taken, also when an article is short', async () => {
    await world.order(orderId, { [sku]: 1 });
    await world.log.append(orderId, 1, [newEvent(EVENTS.parked, 1, orderId)]);
    const event = newEvent(EVENTS.reserved, 1, orderId);
    expect(await world.inventory.reserve(orderId, { lines: [line(sku)], sources: ONE_SOURCE }, () => event, 2)).toEqual(
      { kind: 'version-taken' },
    );
  });

  test('of an order that does not exist is OrderNotFound', async () => {
    await expect(reserve()).rejects.toThrow(OrderNotFound);
  });

  test('holds orders of 97 different articles', async () => {
    const skus = Array.from({ length: 97 }, (_, index) => `${sku}-${index}`);
    await Promise.all(skus.map((each) => world.stock(each, 1)));
    await world.order(orderId, Object.fromEntries(skus.map((each) => [each, 1])));
    expect(await reserve()).toBe(2);
    expect(await world.stockOf(skus[96]!)).toEqual({ available: 0, reserved: 1 });
    expect(await release()).toBe(3);
    expect(await world.stockOf(skus[0]!)).toEqual({ available: 1, reserved: 0 });
  });

  test('by 50 orders at once for the last unit: exactly one gets it, and the others are out of stock', async () => {
    await world.stock(sku, 1);
    const ids = Array.from({ length: 50 }, newOrderId);
    await Promise.all(ids.map((id) => world.order(id, { [sku]: 1 })));
    const outcomes = await Promise.allSettled(ids.map((id) => reserve(id)));
    const refusals = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [(outcome.reason as Error).name] : [],
    );
    expect(refusals).toEqual(Array.from({ length: 49 }, () => 'OutOfStock'));
    expect(await world.stockOf(sku)).toEqual({ available: 0, reserved: 1 });
    const recorded = await Promise.all(ids.map(history));
    expect(recorded.filter((types) => types.includes('InventoryReserved'))).toHaveLength(1);
  });
});

describe('Transactions that conflict with others on the same items', () => {
  beforeEach(() => {
    orders.renew(orders.onDynamoDb);
    ({ world, sku, orderId } = orders);
  });

  /** DynamoDB cancels transactions that conflict; DynamoDB Local never does. */
  const conflicting = (times: number): DynamoDBDocumentClient => {
    let left = times;
    const send = async (command: unknown): Promise<unknown> => {
      if (command instanceof TransactWriteCommand && left > 0) {
        left -= 1;
        throw new TransactionCanceledException({
          message: 'Transaction cancelled',
          $metadata: {},
          CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }, { Code: 'None' }],
        });
      }
      return orders.onDynamoDb.db.send(command as TransactWriteCommand);
    };
    return { send } as unknown as DynamoDBDocumentClient;
  };

  test('are retried until they succeed', async () => {
    await world.stock(sku, 10);
    await world.order(orderId, { [sku]: 3 });
    const deps = { ...world, inventory: orders.onDynamoDb.inventoryOver(conflicting(4)) };
    expect(await reserve(orderId, deps)).toBe(2);
    expect(await world.stockOf(sku)).toEqual({ available: 7, reserved: 3 });
  });

  test('end as ConcurrencyConflict, which the saga retries, when the conflicts do not end; nothing is reserved', async () => {
    await world.stock(sku, 10);
    await world.order(orderId, { [sku]: 3 });
    const deps = { ...world, inventory: orders.onDynamoDb.inventoryOver(conflicting(Number.POSITIVE_INFINITY)) };
    await expect(reserve(orderId, deps)).rejects.toThrow(ConcurrencyConflict);
    expect(await world.stockOf(sku)).toEqual({ available: 10, reserved: 0 });
  });
});
