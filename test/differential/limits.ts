/** Requests at DynamoDB's limits and beyond them, each with the error that AWS documents for it. */
import type { JsonObject } from '../../local/contracts.ts';
import { INDEX, type Request, TABLES } from './requests.ts';

const { plain, sorted } = TABLES;
const KEY = { id: { S: 'p' } };
/** With the names and the key, so that the item has as many bytes. */
const itemOf = (bytes: number): JsonObject => ({ ...KEY, a: { S: 'x'.repeat(bytes - 'idpa'.length) } });
const put = (Item: JsonObject, TableName: string = plain): Request => ({
  operation: 'PutItem',
  input: { TableName, Item },
});
const withValue = (a: JsonObject): Request => put({ ...KEY, a });
const update = (UpdateExpression: string): Request => ({
  operation: 'UpdateItem',
  input: { TableName: plain, Key: KEY, UpdateExpression, ExpressionAttributeValues: { ':a': { S: 'a' } } },
});
const puts = (count: number): JsonObject[] =>
  Array.from({ length: count }, (_, index) => ({ Item: { id: { S: `item ${index}` } } }));
const batch = (requests: JsonObject[]): Request => ({
  operation: 'BatchWriteItem',
  input: { RequestItems: { [plain]: requests } },
});
const transaction = (count: number): Request => ({
  operation: 'TransactWriteItems',
  input: { TransactItems: puts(count).map((one) => ({ Put: { TableName: plain, ...one } })) },
});
const query = (more: JsonObject): Request => ({
  operation: 'Query',
  input: {
    TableName: sorted,
    KeyConditionExpression: 'id = :id',
    ...more,
    ExpressionAttributeValues: { ':id': KEY.id, ...(more.ExpressionAttributeValues as JsonObject) },
  },
});

export const TAKEN: readonly (readonly [string, Request])[] = [
  ['an item of 400 KB', put(itemOf(400 * 1024))],
  ['a number of 38 digits', withValue({ N: '9'.repeat(38) })],
  ['the largest number', withValue({ N: `${'9'.repeat(38)}E87` })],
  ['the smallest number', withValue({ N: '-1E-130' })],
  ['a number with zeros before it', withValue({ N: `${'0'.repeat(50)}1` })],
  ['an empty text, list and map', withValue({ M: { x: { S: '' }, y: { L: [] }, z: { M: {} } } })],
  ['a batch of 25', batch(puts(25).map((PutRequest) => ({ PutRequest })))],
  ['a transaction of 100', transaction(100)],
];

export const REFUSED: readonly (readonly [string, Request])[] = [
  ['an item above 400 KB', put(itemOf(400 * 1024 + 1))],
  ['a number of 39 digits', withValue({ N: '9'.repeat(39) })],
  ['a number too large', withValue({ N: '1E126' })],
  ['a number too small', withValue({ N: '1E-131' })],
  ...['', 'abc', '1e', '1_0', 'NaN', ' 1', '0x10'].map((N) => [`the number "${N}"`, withValue({ N })] as const),
  ['an empty set', withValue({ SS: [] })],
  ['a set with an element twice', withValue({ SS: ['a', 'a'] })],
  ['a set with a number twice', withValue({ NS: ['1', '1.0'] })],
  ['a false null', withValue({ NULL: false })],
  ['a value without a type', withValue({})],
  ['a value with two types', withValue({ S: 'a', N: '1' })],
  ['an empty key', put({ id: { S: '' } })],
  ['a key of another type', put({ id: { N: '1' } })],
  ['a key above 2048 bytes', put({ id: { S: 'x'.repeat(2_049) } })],
  ['an item without its key', put({ a: { S: 'a' } })],
  ['a key of an index of another type', put({ ...KEY, at: { N: '1' }, kind: { N: '1' } }, sorted)],
  ['an empty key of an index', put({ ...KEY, at: { N: '1' }, kind: { S: '' } }, sorted)],
  ['a batch of 26', batch(puts(26).map((PutRequest) => ({ PutRequest })))],
  ['a batch with an item twice', batch([{ PutRequest: { Item: KEY } }, { DeleteRequest: { Key: KEY } }])],
  ['a transaction of 101', transaction(101)],
  ['an update of a key', update('SET id = :a')],
  ['an update of a path twice', update('SET a = :a, a = :a')],
  ['a reserved word', update('SET status = :a')],
  ['a page of none', query({ Limit: 0 })],
  ['a value that no expression uses', query({ ExpressionAttributeValues: { ':other': { S: 'a' } } })],
  ['a filter by a key', query({ FilterExpression: 'at = :id' })],
  [
    'a consistent read of an index',
    query({ IndexName: INDEX, ConsistentRead: true, KeyConditionExpression: 'kind = :id' }),
  ],
  ['a table that is not there', put(KEY, 'none')],
];
