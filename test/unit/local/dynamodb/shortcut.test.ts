import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EndpointRequest, JsonObject } from '../../../../local/contracts.ts';
import { type ItemReport, type ItemShortcutData, open } from '../../../../local/dynamodb/shortcut.ts';
import type { OpenedShortcut } from '../../../../local/shortcut.ts';
import { openDynamoDb, type TestDynamoDb } from '../../../support/dynamodb/dynamodb.ts';
import { CountingMeter } from '../../../support/runtime/service-context.ts';

const OK = { status: 200, headers: {}, body: '{}' };
const meter = new CountingMeter();
let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await openDynamoDb(meter);
  await dynamoDb.createTable('notes', { partitionKey: 'id' });
});
afterAll(() => dynamoDb.close());

interface OfFunction {
  readonly shortcut: OpenedShortcut;
  readonly reports: ItemReport[];
}

function shortcutOf(key: string, changes: Partial<ItemShortcutData> = {}): OfFunction {
  const reports: ItemReport[] = [];
  const { data, onReport } = dynamoDb.proxy.shortcut({ region: 'us-east-1', account: '000000000000' });
  const shortcut = open({ ...data, ...changes }, key, (report) => {
    reports.push(report);
    onReport(report);
  });
  return { shortcut, reports };
}

const requestOf = (key: string, operation: string, input: JsonObject): EndpointRequest => ({
  method: 'POST',
  path: '/',
  headers: {
    'x-amz-target': `DynamoDB_20120810.${operation}`,
    authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260101/us-east-1/dynamodb/aws4_request, Signature=0`,
  },
  body: JSON.stringify(input),
});
const put = (id: string, key = 'KEY', table = 'notes'): EndpointRequest =>
  requestOf(key, 'PutItem', {
    TableName: table,
    Item: { id: { S: id }, text: { S: '"ConsumedCapacity":{"漢":"字"}}' } },
    ConditionExpression: 'attribute_not_exists(id)',
  });
const get = (id: string): EndpointRequest =>
  requestOf('KEY', 'GetItem', { TableName: 'notes', Key: { id: { S: id } }, ConsistentRead: true });

test('a request goes to the endpoint until the endpoint has carried out one that needs the same permission', async () => {
  const { shortcut } = shortcutOf('KEY');
  expect(shortcut.answer(put('a'))).toBeUndefined();
  shortcut.learn(put('a'), { ...OK, status: 400 });
  expect(shortcut.answer(put('a'))).toBeUndefined();
  shortcut.learn(put('a'), OK);
  expect(await shortcut.answer(put('a'))).toMatchObject({ status: 200, body: '{}' });
  expect(shortcut.answer(get('a'))).toBeUndefined();
  expect(shortcut.answer(put('a', 'KEY', 'others'))).toBeUndefined();
  expect(shortcut.answer(put('a', 'OTHER-KEY'))).toBeUndefined();
});

test('what it carries out is metered and heard of as if the runtime had done it, and the answer is what the item is', async () => {
  const heard: string[] = [];
  const stop = dynamoDb.proxy.onWrite((table) => heard.push(table));
  const { shortcut, reports } = shortcutOf('KEY');
  for (const request of [put('b'), get('b')]) shortcut.learn(request, OK);
  const [written, read] = [meter.of('dynamodb.writeUnits', 'notes'), meter.of('dynamodb.readUnits', 'notes')];
  await shortcut.answer(put('b'));
  const { body } = (await shortcut.answer(get('b')))!;
  stop();
  expect(JSON.parse(body)).toEqual({ Item: { id: { S: 'b' }, text: { S: '"ConsumedCapacity":{"漢":"字"}}' } } });
  expect(meter.of('dynamodb.writeUnits', 'notes') - written).toBe(1);
  expect(meter.of('dynamodb.readUnits', 'notes') - read).toBe(1);
  expect(heard).toEqual(['notes']);
  expect(reports).toHaveLength(2);
});

test('a refusal is answered in the words of the engine, metered, and no news for readers of the stream', async () => {
  const heard: string[] = [];
  const stop = dynamoDb.proxy.onWrite((table) => heard.push(table));
  const { shortcut, reports } = shortcutOf('KEY');
  shortcut.learn(put('c'), OK);
  await shortcut.answer(put('c'));
  const { status, body } = (await shortcut.answer(put('c')))!;
  stop();
  expect(status).toBe(400);
  expect(JSON.parse(body)).toMatchObject({ __type: expect.stringMatching(/#ConditionalCheckFailedException$/) });
  expect(reports.map(({ succeeded, consumed }) => [succeeded, consumed])).toEqual([
    [true, [{ unit: 'dynamodb.writeUnits', table: 'notes', units: 1 }]],
    [false, [{ unit: 'dynamodb.writeUnits', table: 'notes', units: 1 }]],
  ]);
  expect(heard).toEqual(['notes']);
});

test.each([
  ['a table by its ARN', put('d', 'KEY', 'arn:aws:dynamodb:us-east-1:000000000000:table/notes')],
  ['an operation on tables', requestOf('KEY', 'DescribeTable', { TableName: 'notes' })],
  ['an operation that the adapter of the engine corrects', requestOf('KEY', 'Query', { TableName: 'notes' })],
  ['another service', { ...put('d'), headers: { 'x-amz-target': 'AWSEvents.PutEvents' } }],
])('%s is always for the endpoint', (_, request) => {
  const { shortcut } = shortcutOf('KEY', { corrected: ['Query'] });
  shortcut.learn(request, OK);
  expect(shortcut.answer(request)).toBeUndefined();
});

test('an engine that is away is a failure of the database, which clients repeat', async () => {
  const { shortcut } = shortcutOf('KEY', { url: 'http://127.0.0.1:9', title: 'The engine' });
  shortcut.learn(get('e'), OK);
  const { status, body } = (await shortcut.answer(get('e')))!;
  expect(status).toBe(500);
  expect(JSON.parse(body)).toEqual({
    __type: 'InternalServerError',
    message: expect.stringMatching(/^The engine cannot be reached: .*ECONNREFUSED/),
  });
});
