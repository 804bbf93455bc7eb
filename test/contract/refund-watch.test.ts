import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DynamoDbRefundWatch } from '../../functions/payments/adapters/dynamodb-refund-watch.ts';
import { PAYMENT_TABLES } from '../../functions/payments/adapters/tables.ts';
import type { RefundWatch } from '../../functions/payments/application/refund-watch-ports.ts';
import { parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { InMemoryRefundWatch } from '../support/fakes/in-memory-refund-watch.ts';
import { ORDER_ID } from '../support/orders/streams.ts';

const OTHER = parseOrderId('0190f3a0-0000-7000-8000-00000000000f');
const NOON = Date.UTC(2026, 0, 5, 12);

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await openDynamoDb();
});
afterAll(() => dynamoDb?.close());

async function stored(): Promise<RefundWatch> {
  const table = ownTable('payments');
  await dynamoDb.createTable(table, PAYMENT_TABLES.bankTransfers);
  return new DynamoDbRefundWatch(DynamoDBDocumentClient.from(dynamoDb.client), table);
}

describe.each([
  ['in DynamoDB', stored],
  ['in memory', async () => new InMemoryRefundWatch()],
])('The watch over refunds, %s', (_, open) => {
  let watch: RefundWatch;
  beforeEach(async () => {
    watch = await open();
  });

  test('has what is due, the longest due first, and no more than is wanted', async () => {
    await watch.keep({ orderId: ORDER_ID, since: 5 }, NOON);
    await watch.keep({ orderId: OTHER, since: 7 }, NOON - 1);
    expect(await watch.due(NOON - 2, 10)).toEqual([]);
    expect(await watch.due(NOON, 10)).toEqual([
      { orderId: OTHER, since: 7 },
      { orderId: ORDER_ID, since: 5 },
    ]);
    expect(await watch.due(NOON, 1)).toEqual([{ orderId: OTHER, since: 7 }]);
  });

  test('keeps an order once, with the newest refund, whatever comes late', async () => {
    await watch.keep({ orderId: ORDER_ID, since: 5 }, NOON);
    await watch.keep({ orderId: ORDER_ID, since: 5 }, NOON + 10);
    await watch.keep({ orderId: ORDER_ID, since: 4 }, NOON - 10);
    expect(await watch.due(NOON + 9, 10)).toEqual([]);
    expect(await watch.due(NOON + 10, 10)).toEqual([{ orderId: ORDER_ID, since: 5 }]);
  });

  test('ends, unless there was another refund since', async () => {
    await watch.keep({ orderId: ORDER_ID, since: 5 }, NOON);
    await watch.end({ orderId: ORDER_ID, since: 4 });
    expect(await watch.due(NOON, 10)).toHaveLength(1);
    await watch.end({ orderId: ORDER_ID, since: 5 });
    await watch.end({ orderId: ORDER_ID, since: 5 });
    expect(await watch.due(NOON, 10)).toEqual([]);
  });
});
