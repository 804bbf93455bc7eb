/** The record of erasures is the same in the table and in memory. */
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DynamoDbErasures } from '../../functions/orders/adapters/dynamodb-erasures.ts';
import { ORDER_TABLES } from '../../functions/orders/adapters/tables.ts';
import type { Erasure, Erasures, OrderToErase } from '../../functions/orders/application/erasure-ports.ts';
import { type CustomerId, type OrderId, parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { InMemoryErasures } from '../support/fakes/in-memory-erasures.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await openDynamoDb();
});
afterAll(() => dynamoDb?.close());

const overTable = async (): Promise<Erasures> => {
  const name = ownTable('erasures');
  await dynamoDb.createTable(name, ORDER_TABLES.erasures);
  const marshallOptions = { removeUndefinedValues: true };
  return new DynamoDbErasures(DynamoDBDocumentClient.from(dynamoDb.client, { marshallOptions }), name);
};

const at = (minute: number) => new Date(Date.UTC(2026, 10, 28, 12, minute)).toISOString();
const erasureOf = (customer: string, minute: number): Erasure => ({
  erasureId: `e-${customer}`,
  customerId: customer as CustomerId,
  reason: 'customer_request',
  requestedAt: at(minute),
  requestedBy: { type: 'operator', id: 'O-1' },
  status: 'under_way',
  isListed: false,
});
const idsFrom = (from: number, count: number): OrderId[] =>
  Array.from({ length: count }, (_, index) =>
    parseOrderId(`0190f3a0-0000-7000-8000-${String(from + index).padStart(12, '0')}`),
  );

describe.each([
  ['in the table', overTable],
  ['in memory', async () => new InMemoryErasures()],
])('The record of erasures %s', (_, open) => {
  test('has the orders of an erasure page by page, and adds each once, whatever has become of it', async () => {
    const erasures = await open();
    const [erasure, other] = [erasureOf('C-1', 0), erasureOf('C-2', 0)];
    await erasures.begin(erasure);
    await erasures.begin(other);
    const ids = idsFrom(0, 130);
    await erasures.add(erasure, ids.slice(30));
    await erasures.add(other, idsFrom(500, 1));
    const waiting: OrderToErase = { orderId: ids[99]!, state: 'waiting', why: 'order_under_way' };
    await erasures.note(erasure, [
      ...ids.slice(60, 90).map((orderId) => ({ orderId, state: 'confirmed' }) as const),
      waiting,
    ]);
    await erasures.add(erasure, ids.slice(0, 100));
    await erasures.add(erasure, []);
    await erasures.note(erasure, []);
    const first = await erasures.page(erasure, 100);
    expect(first.next).toBe(ids[99]);
    const second = await erasures.page(erasure, 100, first.next);
    expect(second.next).toBeUndefined();
    const orders = [...first.orders, ...second.orders];
    expect(orders.map(({ orderId }) => orderId)).toEqual(ids);
    expect(orders.filter(({ state }) => state === 'confirmed')).toHaveLength(30);
    expect(orders[99]).toEqual(waiting);
    expect(await erasures.orders(erasure)).toEqual(orders);
  });

  test('says which ones are to be looked at, the longest waiting first, and keeps how far each of them is', async () => {
    const erasures = await open();
    const [first, second, third] = [erasureOf('C-1', 2), erasureOf('C-2', 1), erasureOf('C-3', 3)];
    for (const erasure of [first, second, third]) expect(await erasures.begin(erasure)).toEqual(erasure);
    const due = async (minute: number, limit = 10) =>
      (await erasures.due(at(minute), limit)).map(({ customerId }) => customerId);
    expect(await due(2)).toEqual(['C-2', 'C-1']);
    const listing = { begunAt: at(2), after: { createdAt: at(0), orderId: idsFrom(1, 1)[0]! } };
    const begun: Erasure = {
      ...second,
      listing,
      pass: { after: idsFrom(7, 1)[0]!, isBehind: true },
      behindSince: at(1),
    };
    await erasures.save(begun, at(4));
    expect(await erasures.find(second.customerId, second.erasureId)).toEqual(begun);
    expect(await erasures.begin({ ...second, requestedAt: at(9) })).toEqual(begun);
    expect(await due(9)).toEqual(['C-1', 'C-3', 'C-2']);
    expect(await due(9, 2)).toEqual(['C-1', 'C-3']);
    await erasures.save({ ...first, status: 'done', doneAt: at(5) }, undefined);
    expect(await due(9)).toEqual(['C-3', 'C-2']);
    expect(await erasures.of(first.customerId)).toMatchObject([{ status: 'done' }]);
  });
});
