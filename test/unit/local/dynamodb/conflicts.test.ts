import { afterAll, beforeAll, expect, test } from 'vitest';
import { AwsError, type JsonObject } from '../../../../local/contracts.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../../../support/dynamodb/dynamodb.ts';

const CALLERS = 20;
const TableName = ownTable('conflicts');

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  await dynamoDb.createTable(TableName, { partitionKey: 'id' });
});
afterAll(() => dynamoDb.close());

const put = (id: string, caller: number, more: JsonObject = {}): JsonObject => ({
  Put: { TableName, Item: { id: { S: id }, caller: { N: String(caller) } }, ...more },
});
const callers = Array.from({ length: CALLERS }, (_, caller) => caller);
const stored = async (id: string): Promise<JsonObject | undefined> =>
  (await dynamoDb.proxy.tableCommand('GetItem', { TableName, Key: { id: { S: id } }, ConsistentRead: true })).Item as
    | JsonObject
    | undefined;

test('Of transactions that all want to be the first on one item, one is carried out whole, and the others not at all, with the reason', async () => {
  const outcomes = await Promise.all(
    callers.map((caller) =>
      dynamoDb.proxy
        .tableCommand('TransactWriteItems', {
          TransactItems: [
            put(`own-${caller}`, caller),
            put('wanted', caller, {
              ConditionExpression: 'attribute_not_exists(id)',
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            }),
          ],
        })
        .catch((error: unknown) => error as AwsError),
    ),
  );
  const winners = callers.filter((caller) => !(outcomes[caller] instanceof AwsError));
  expect(winners).toHaveLength(1);
  const [winner] = winners as [number];
  expect(await stored('wanted')).toEqual({ id: { S: 'wanted' }, caller: { N: String(winner) } });
  for (const caller of callers) {
    expect([caller, (await stored(`own-${caller}`)) !== undefined]).toEqual([caller, caller === winner]);
    if (caller === winner) continue;
    expect(outcomes[caller]).toMatchObject({ code: 'TransactionCanceledException', status: 400 });
    expect((outcomes[caller] as AwsError).details).toMatchObject({
      CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Item: { id: { S: 'wanted' } } }],
    });
  }
});

test('Parallel transactions and updates of one counter are all counted, each once', async () => {
  const add = { TableName, Key: { id: { S: 'counter' } }, UpdateExpression: 'ADD hits :one' };
  const Update = { ...add, ExpressionAttributeValues: { ':one': { N: '1' } } };
  await Promise.all(
    callers.map((caller) =>
      caller % 2 === 0
        ? dynamoDb.proxy.tableCommand('TransactWriteItems', {
            TransactItems: [{ Update }, put(`log-${caller}`, caller)],
          })
        : dynamoDb.proxy.tableCommand('UpdateItem', Update),
    ),
  );
  expect(await stored('counter')).toMatchObject({ hits: { N: String(CALLERS) } });
});
