import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AwsError, type JsonObject } from '../../../../local/contracts.ts';
import type { DynamoDbProxy } from '../../../../local/dynamodb/proxy.ts';
import { TableProvider } from '../../../../local/dynamodb/tables.ts';
import { openDynamoDb, type TestDynamoDb } from '../../../support/dynamodb/dynamodb.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await openDynamoDb();
});
afterAll(() => dynamoDb.close());

function provider(): { tables: TableProvider; warnings: string[] } {
  const warnings: string[] = [];
  return { tables: new TableProvider({ warn: (message) => warnings.push(message) }, dynamoDb.proxy), warnings };
}

const describeTable = async (TableName: string): Promise<JsonObject> =>
  (await dynamoDb.proxy.tableCommand('DescribeTable', { TableName }))['Table'] as JsonObject;

const properties = {
  KeySchema: [
    { AttributeName: 'orderId', KeyType: 'HASH' },
    { AttributeName: 'version', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'orderId', AttributeType: 'S' },
    { AttributeName: 'version', AttributeType: 'N' },
  ],
  BillingMode: 'PAY_PER_REQUEST',
  PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  SSESpecification: { SSEEnabled: true },
  DeletionProtectionEnabled: true,
};
const withStream = { ...properties, StreamSpecification: { StreamViewType: 'NEW_IMAGE' } };
const withExpiry = { ...properties, TimeToLiveSpecification: { AttributeName: 'expiration', Enabled: true } };

function withIndex(IndexName: string, attribute: string): JsonObject {
  return {
    ...properties,
    AttributeDefinitions: [...properties.AttributeDefinitions, { AttributeName: attribute, AttributeType: 'S' }],
    GlobalSecondaryIndexes: [
      { IndexName, KeySchema: [{ AttributeName: attribute, KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } },
    ],
  };
}

const indexesOf = async (table: string): Promise<unknown> =>
  ((await describeTable(table))['GlobalSecondaryIndexes'] as JsonObject[] | undefined)?.map(
    ({ IndexName }) => IndexName,
  );

test('a missing table is made as the template has it, with the ARNs of AWS', async () => {
  const { tables } = provider();
  const { arn, streamArn } = await tables.ensureTable(withStream, 'made');
  expect(arn).toBe('arn:aws:dynamodb:us-east-1:000000000000:table/made');
  expect(streamArn).toMatch(/^arn:aws:dynamodb:us-east-1:000000000000:table\/made\/stream\/20/);
  expect(await describeTable('made')).toMatchObject({
    KeySchema: properties.KeySchema,
    AttributeDefinitions: properties.AttributeDefinitions,
  });
});

test('a table that is as the template has it is left alone: its stream stays the same', async () => {
  const before = await provider().tables.ensureTable(withStream, 'same');
  await dynamoDb.proxy.tableCommand('PutItem', {
    TableName: 'same',
    Item: { orderId: { S: 'a' }, version: { N: '1' } },
  });
  expect(await provider().tables.ensureTable(withStream, 'same')).toEqual(before);
  expect((await dynamoDb.proxy.tableCommand('Scan', { TableName: 'same' }))['Count']).toBe(1);
});

test('a stream is added and taken away', async () => {
  const { tables } = provider();
  expect(await tables.ensureTable(properties, 'stream')).not.toHaveProperty('streamArn');
  expect(await tables.ensureTable(withStream, 'stream')).toHaveProperty('streamArn');
  expect(await tables.ensureTable(properties, 'stream')).not.toHaveProperty('streamArn');
  expect((await describeTable('stream'))['StreamSpecification']).toBeUndefined();
});

test('expiry is switched on, left alone and switched off', async () => {
  const expiry = async (): Promise<unknown> =>
    (await dynamoDb.proxy.tableCommand('DescribeTimeToLive', { TableName: 'expiring' }))['TimeToLiveDescription'];
  await provider().tables.ensureTable(withExpiry, 'expiring');
  await provider().tables.ensureTable(withExpiry, 'expiring');
  expect(await expiry()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiration' });
  await provider().tables.ensureTable(properties, 'expiring');
  expect(await expiry()).toEqual({ TimeToLiveStatus: 'DISABLED' });
});

test('indexes are added, made again when they changed, and removed', async () => {
  const { tables } = provider();
  await tables.ensureTable(properties, 'indexed');
  await tables.ensureTable(withIndex('by-customer', 'customerId'), 'indexed');
  expect(await indexesOf('indexed')).toEqual(['by-customer']);
  await tables.ensureTable(withIndex('by-customer', 'customerKey'), 'indexed');
  expect((await describeTable('indexed'))['GlobalSecondaryIndexes']).toMatchObject([
    { KeySchema: [{ AttributeName: 'customerKey' }] },
  ]);
  await tables.ensureTable(properties, 'indexed');
  expect(await indexesOf('indexed')).toBeUndefined();
});

describe('While an index is removed', () => {
  /** The database, but it cannot tell how a table is `failures` times after it was told to change it. */
  function providerThatFails(failures: number): TableProvider {
    let left = 0;
    const tableCommand: DynamoDbProxy['tableCommand'] = async (operation, input) => {
      if (operation === 'UpdateTable') left = failures;
      if (operation === 'DescribeTable' && left-- > 0) throw new AwsError('InternalFailure', 'unknown', 500);
      return dynamoDb.proxy.tableCommand(operation, input);
    };
    return new TableProvider({ warn: () => undefined }, { tableCommand } as DynamoDbProxy);
  }

  test('an internal error of the database is no answer, and it is asked again', async () => {
    await provider().tables.ensureTable(withIndex('by-customer', 'customerId'), 'settling');
    await providerThatFails(3).ensureTable(properties, 'settling');
    expect(await indexesOf('settling')).toBeUndefined();
  });

  test("one that does not end is the caller's", async () => {
    await provider().tables.ensureTable(withIndex('by-customer', 'customerId'), 'unsettled');
    await expect(providerThatFails(Number.POSITIVE_INFINITY).ensureTable(properties, 'unsettled')).rejects.toThrow(
      'unknown',
    );
  });
});

test('a changed key is refused, saying what is there and what is wanted', async () => {
  await provider().tables.ensureTable(properties, 'keyed');
  const other = {
    ...properties,
    AttributeDefinitions: [properties.AttributeDefinitions[0]!, { AttributeName: 'version', AttributeType: 'S' }],
  };
  await expect(provider().tables.ensureTable(other, 'keyed')).rejects.toThrow(
    'has the key orderId (S, HASH), version (N, RANGE), and the template wants orderId (S, HASH), version (S, RANGE)',
  );
});

test('a second table with a stream is warned about, with the reason, where it makes the engine slow', async () => {
  const { tables, warnings } = provider();
  await tables.ensureTable(withStream, 'first-stream');
  expect(warnings).toEqual([]);
  await tables.ensureTable(withStream, 'second-stream');
  const slow = dynamoDb.proxy.engine.name === 'dynamodb-local';
  expect(warnings).toEqual(slow ? [expect.stringMatching(/first-stream and second-stream .* slow/)] : []);
});
