/** What is under way keeps its personal data. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eraseOrder } from '../../functions/orders/application/erase-order.ts';
import type { OrderEvent } from '../../functions/published/order-events.ts';
import { openDynamoDb, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { delivered, fillWithPersons, recorded, shipped, UNDER_WAY } from '../support/orders/persons.ts';
import { storedPersons } from '../support/orders/stored-persons.ts';
import { created, EVENTS } from '../support/orders/streams.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await openDynamoDb();
});
afterAll(() => dynamoDb?.close());

describe('An order', () => {
  test.each<[string, readonly OrderEvent[], string]>([
    ['a parcel on its way', [shipped], 'order_under_way'],
    [
      'a return to come',
      [shipped, delivered, { type: 'ReturnRequested', data: { returnId: 'r', lines: [] } }],
      'return_under_way',
    ],
    [
      'a refund to be made',
      [
        shipped,
        delivered,
        { type: 'RefundRequested', data: { refundId: 'r', amount: created().data.total, lines: [] } },
      ],
      'money_or_task_open',
    ],
    ['a task of a person', [shipped, delivered, EVENTS.opened], 'money_or_task_open'],
  ])('with %s keeps its personal data', async (_, events, why) => {
    const store = await storedPersons(dynamoDb);
    await fillWithPersons(store);
    const everything = () => store.items(...store.kinds);
    await store.record(UNDER_WAY, recorded(UNDER_WAY, events));
    const before = await everything();
    expect(await eraseOrder(store.deps, UNDER_WAY)).toEqual({ kind: 'waits', why });
    expect(await everything()).toEqual(before);
  });
});
