import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { DynamoDbParcelWatch } from '../../functions/shipping/adapters/dynamodb-parcel-watch.ts';
import { SHIPPING_TABLES } from '../../functions/shipping/adapters/tables.ts';
import type { ParcelWatch } from '../../functions/shipping/application/parcel-watch-ports.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { InMemoryParcelWatch } from '../support/fakes/in-memory-parcel-watch.ts';
import { ORDER_ID } from '../support/orders/streams.ts';

const OTHER = parseOrderId('0190f3a0-0000-7000-8000-00000000000f');
const NOON = Date.UTC(2026, 0, 5, 12);

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await openDynamoDb();
});
afterAll(() => dynamoDb?.close());

async function stored(): Promise<ParcelWatch> {
  const table = ownTable('parcels');
  await dynamoDb.createTable(table, SHIPPING_TABLES.parcelWatch);
  return new DynamoDbParcelWatch(DynamoDBDocumentClient.from(dynamoDb.client), table);
}

describe.each([
  ['in DynamoDB', stored],
  ['in memory', async () => new InMemoryParcelWatch()],
])('The watch over parcels, %s', (_, open) => {
  let watch: ParcelWatch;
  beforeEach(async () => {
    watch = await open();
  });

  test('has what is due, the longest due first, and no more than is wanted', async () => {
    await watch.keep({ orderId: ORDER_ID, lookAt: NOON });
    await watch.keep({ orderId: OTHER, lookAt: NOON - 1 });
    expect(await watch.due(NOON - 2, 10)).toEqual([]);
    expect(await watch.due(NOON, 10)).toEqual([
      { orderId: OTHER, lookAt: NOON - 1 },
      { orderId: ORDER_ID, lookAt: NOON },
    ]);
    expect(await watch.due(NOON, 1)).toEqual([{ orderId: OTHER, lookAt: NOON - 1 }]);
  });

  test('keeps an order once, for the time that was said last', async () => {
    await watch.keep({ orderId: ORDER_ID, lookAt: NOON });
    await watch.keep({ orderId: ORDER_ID, lookAt: NOON + 10 });
    expect(await watch.due(NOON + 9, 10)).toEqual([]);
    expect(await watch.due(NOON + 10, 10)).toEqual([{ orderId: ORDER_ID, lookAt: NOON + 10 }]);
  });

  test('ends, unless it was put off meanwhile', async () => {
    await watch.keep({ orderId: ORDER_ID, lookAt: NOON });
    await watch.end({ orderId: ORDER_ID, lookAt: NOON - 1 });
    expect(await watch.due(NOON, 10)).toHaveLength(1);
    await watch.end({ orderId: ORDER_ID, lookAt: NOON });
    await watch.end({ orderId: ORDER_ID, lookAt: NOON });
    expect(await watch.due(NOON, 10)).toEqual([]);
  });
});
