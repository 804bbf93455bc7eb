import {
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import { openDynamoDb, type TestDynamoDb } from '../../../support/dynamodb/dynamodb.ts';
import { CountingMeter } from '../../../support/runtime/service-context.ts';

const meter = new CountingMeter();
let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await openDynamoDb(meter);
});
afterAll(() => dynamoDb.close());

const written = (table: string): number => meter.of('dynamodb.writeUnits', table);
const put = (table: string, id: string): PutItemCommand =>
  new PutItemCommand({ TableName: table, Item: { id: { S: id } }, ConditionExpression: 'attribute_not_exists(id)' });
const putAction = (table: string, id: string) => ({
  Put: { TableName: table, Item: { id: { S: id } }, ConditionExpression: 'attribute_not_exists(id)' },
});

test('what is written through the endpoint is read back', async () => {
  await dynamoDb.createTable('read-back', { partitionKey: 'id' });
  await dynamoDb.client.send(put('read-back', 'a'));
  const { Item } = await dynamoDb.client.send(new GetItemCommand({ TableName: 'read-back', Key: { id: { S: 'a' } } }));
  expect(Item).toEqual({ id: { S: 'a' } });
});

test('capacity is metered as AWS bills it, and is not in the answer of who did not ask', async () => {
  await dynamoDb.createTable('metered', { partitionKey: 'id' });
  const answer = await dynamoDb.client.send(put('metered', 'a'));
  expect(answer.ConsumedCapacity).toBeUndefined();
  expect(written('metered')).toBe(1);
  await dynamoDb.client.send(new GetItemCommand({ TableName: 'metered', Key: { id: { S: 'a' } } }));
  expect(meter.of('dynamodb.readUnits', 'metered')).toBe(0.5);
});

test('who asks for the consumed capacity gets it', async () => {
  await dynamoDb.createTable('asked', { partitionKey: 'id' });
  const { ConsumedCapacity } = await dynamoDb.client.send(
    new PutItemCommand({ TableName: 'asked', Item: { id: { S: 'a' } }, ReturnConsumedCapacity: 'TOTAL' }),
  );
  expect(ConsumedCapacity).toEqual({ TableName: 'asked', CapacityUnits: 1 });
});

test('a transactional write is billed double, and its proof of commitment is not billed', async () => {
  await dynamoDb.createTable('transactional', { partitionKey: 'id' });
  await dynamoDb.client.send(
    new TransactWriteItemsCommand({ TransactItems: ['a', 'b', 'c'].map((id) => putAction('transactional', id)) }),
  );
  expect(written('transactional')).toBe(6);
  expect(meter.of('dynamodb.readUnits', 'transactional')).toBe(0);
});

test('a write whose condition fails is billed too, and its error reaches the caller', async () => {
  await dynamoDb.createTable('refused', { partitionKey: 'id' });
  await dynamoDb.client.send(put('refused', 'a'));
  await expect(dynamoDb.client.send(put('refused', 'a'))).rejects.toMatchObject({
    name: 'ConditionalCheckFailedException',
  });
  expect(written('refused')).toBe(2);
  const transaction = new TransactWriteItemsCommand({
    TransactItems: ['a', 'b'].map((id) => putAction('refused', id)),
  });
  await expect(dynamoDb.client.send(transaction)).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Code: 'ConditionalCheckFailed' }, { Code: 'None' }],
  });
  expect(written('refused')).toBe(6);
});

test('listeners hear which table was written, and nothing of reads and refusals', async () => {
  await dynamoDb.createTable('heard', { partitionKey: 'id' });
  const heard: string[] = [];
  const stop = dynamoDb.proxy.onWrite((table) => heard.push(table));
  await dynamoDb.client.send(put('heard', 'a'));
  await dynamoDb.client.send(put('heard', 'a')).catch(() => undefined);
  await dynamoDb.client.send(new GetItemCommand({ TableName: 'heard', Key: { id: { S: 'a' } } }));
  stop();
  await dynamoDb.client.send(put('heard', 'b'));
  expect(heard).toEqual(['heard']);
});

test('ARNs name the region of the runtime, and are understood in requests', async () => {
  await dynamoDb.createTable('named', { partitionKey: 'id', stream: 'NEW_IMAGE' });
  const { Table } = await dynamoDb.client.send(new DescribeTableCommand({ TableName: 'named' }));
  expect(Table!.TableArn).toBe('arn:aws:dynamodb:us-east-1:000000000000:table/named');
  const { StreamDescription } = await dynamoDb.proxy.streamCommand('DescribeStream', {
    StreamArn: Table!.LatestStreamArn!,
  });
  expect((StreamDescription as JsonObject)['StreamArn']).toBe(Table!.LatestStreamArn);
});

test('twenty transactions at once are all proven and all there', async () => {
  await dynamoDb.createTable('at-once', { partitionKey: 'id' });
  const ids = Array.from({ length: 20 }, (_, index) => String(index));
  await Promise.all(
    ids.map((id) => dynamoDb.client.send(new TransactWriteItemsCommand({ TransactItems: [putAction('at-once', id)] }))),
  );
  const { Count } = await dynamoDb.proxy.tableCommand('Scan', { TableName: 'at-once' });
  expect(Count).toBe(20);
});

test('a large item costs a unit for every kilobyte it starts, twice in a transaction', async () => {
  await dynamoDb.createTable('large', { partitionKey: 'id' });
  const Item = {
    id: { S: 'a' },
    text: { S: 'é'.repeat(1000) },
    more: { M: { list: { L: [{ N: '12' }, { SS: ['x'] }] } } },
  };
  await dynamoDb.client.send(new PutItemCommand({ TableName: 'large', Item }));
  expect(written('large')).toBe(2);
  await dynamoDb.client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName: 'large', Item } }] }));
  expect(written('large')).toBe(6);
});
