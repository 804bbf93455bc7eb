import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { DynamoDbOrderLog } from '../../functions/shared/order-log/dynamodb-order-log.ts';
import { InMemoryOrderLog } from '../../functions/shared/order-log/in-memory-order-log.ts';
import { TABLES } from '../../functions/shared/tables.ts';
import { startDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { created, EVENTS, newEvent } from '../support/order-streams.ts';
import { orderLogContract } from './order-log.ts';

let dynamoDb: TestDynamoDb;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  await dynamoDb.createTable('order-log', TABLES.orderLog);
}, 60_000);

afterAll(() => dynamoDb?.close());

const onDynamoDb = () => new DynamoDbOrderLog(DynamoDBDocumentClient.from(dynamoDb.client), 'order-log');

orderLogContract('in memory', () => new InMemoryOrderLog());
orderLogContract('DynamoDB', onDynamoDb);

describe('Order log: DynamoDB, beyond one answer', () => {
  test('reads a stream of more than one page', async () => {
    const log = onDynamoDb();
    const orderId = parseOrderId('0190f3a0-0000-7000-8000-0000000000ff');
    // DynamoDB answers at most 1 MB at once.
    const large = { ...EVENTS.declined, data: { declineCode: 'x'.repeat(300_000) } };
    await log.append(orderId, 0, [newEvent(created(), 0, orderId)]);
    for (let version = 1; version <= 5; version += 1) await log.append(orderId, version, [newEvent(large, version, orderId)]);
    expect((await log.read(orderId)).map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
