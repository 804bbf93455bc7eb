import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../local/contracts.ts';
import { EngineProcess } from '../../local/dynamodb/process.ts';
import { DynamoDbProxy } from '../../local/dynamodb/proxy.ts';
import { testEngine } from '../support/dynamodb/shared-dynamodb.ts';
import { CountingMeter } from '../support/runtime/service-context.ts';
import { killEngine } from '../unit/local/dynamodb/kill-engine.ts';

const KILLS = 3;
const TableName = 'kept';

let dir: string;
let engine: EngineProcess;
let proxy: DynamoDbProxy;

async function boot(): Promise<void> {
  engine = await EngineProcess.start(testEngine('256m'), { dir });
  proxy = new DynamoDbProxy({ meter: new CountingMeter(), region: 'us-east-1' }, engine);
}

async function killAndBoot(): Promise<void> {
  killEngine(engine.url);
  await proxy.close();
  await engine.close();
  await boot();
}

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'waybill-kill-'));
  await boot();
  await proxy.tableCommand('CreateTable', {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  });
});
afterEach(async () => {
  await proxy.close();
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

const key = (id: string): JsonObject => ({ id: { S: id } });
const item = (id: string, round: number): JsonObject => ({ ...key(id), round: { N: String(round) } });
const values = (round: number) => ({ ExpressionAttributeValues: { ':round': { N: String(round) } } });
const put = (id: string, round: number): JsonObject => ({ TableName, Item: item(id, round) });
const update = (id: string, round: number): JsonObject => ({
  TableName,
  Key: key(id),
  UpdateExpression: 'SET round = :round',
  ...values(round),
});

/** Each writes the item `a`, those of several items also `b`, and deletes `gone` if it deletes. */
const WRITES: Readonly<Record<string, (round: number) => readonly [operation: string, input: JsonObject]>> = {
  put: (round) => ['PutItem', put('a', round)],
  update: (round) => ['UpdateItem', update('a', round)],
  batch: (round) => [
    'BatchWriteItem',
    {
      RequestItems: {
        [TableName]: [
          ...['a', 'b'].map((id) => ({ PutRequest: { Item: item(id, round) } })),
          { DeleteRequest: { Key: key('gone') } },
        ],
      },
    },
  ],
  transaction: (round) => [
    'TransactWriteItems',
    {
      TransactItems: [
        { Put: put('a', round) },
        { Update: update('b', round) },
        { Delete: { TableName, Key: key('gone') } },
        { ConditionCheck: { TableName, Key: key('none'), ConditionExpression: 'attribute_not_exists(id)' } },
      ],
    },
  ],
};

async function stored(id: string): Promise<string | undefined> {
  const { Item } = await proxy.tableCommand('GetItem', { TableName, Key: key(id), ConsistentRead: true });
  return (Item as { round: { N: string } } | undefined)?.round.N;
}

interface Change {
  readonly eventID: string;
  readonly eventName: string;
  readonly dynamodb: { readonly SequenceNumber: string };
}

/** All records of the table's stream, from shard to shard. */
async function changes(): Promise<Change[]> {
  const { Table } = await proxy.tableCommand('DescribeTable', { TableName });
  const StreamArn = (Table as JsonObject).LatestStreamArn!;
  const { StreamDescription } = await proxy.streamCommand('DescribeStream', { StreamArn });
  const found: Change[] = [];
  for (const { ShardId } of (StreamDescription as { Shards: { ShardId: string }[] }).Shards) {
    const start = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
    const { ShardIterator } = await proxy.streamCommand('GetShardIterator', start);
    const { Records } = await proxy.streamCommand('GetRecords', { ShardIterator: ShardIterator! });
    found.push(...(Records as unknown as Change[]));
  }
  return found;
}

describe('After a kill -9 of the engine right behind the answer to', () => {
  test.each(Object.keys(WRITES))('a %s, all of it is kept', async (kind) => {
    for (let round = 1; round <= KILLS; round += 1) {
      await proxy.tableCommand('PutItem', put('gone', round));
      const [operation, input] = WRITES[kind]!(round);
      await proxy.tableCommand(operation, input);
      await killAndBoot();
      expect(await stored('a')).toBe(String(round));
      const ofSeveral = kind === 'batch' || kind === 'transaction';
      expect(await stored('b')).toBe(ofSeveral ? String(round) : undefined);
      expect(await stored('gone')).toBe(ofSeveral ? undefined : String(round));
    }
  });

  test('a deletion, the item stays deleted', async () => {
    for (let round = 1; round <= KILLS; round += 1) {
      await proxy.tableCommand('PutItem', put('a', round));
      await proxy.tableCommand('DeleteItem', { TableName, Key: key('a') });
      await killAndBoot();
      expect(await stored('a')).toBeUndefined();
    }
  });
});

test('Records of a stream keep their ids and their order over kills, and later ones come behind them', async () => {
  let before: Change[] = [];
  for (let round = 1; round <= KILLS; round += 1) {
    await proxy.tableCommand('PutItem', put('a', round));
    await proxy.tableCommand('DeleteItem', { TableName, Key: key('a') });
    await killAndBoot();
    const now = await changes();
    expect(now.slice(0, before.length)).toEqual(before);
    expect(now.slice(before.length).map(({ eventName }) => eventName)).toEqual(['INSERT', 'REMOVE']);
    before = now;
  }
  const numbers = before.map(({ dynamodb }) => BigInt(dynamodb.SequenceNumber));
  expect(numbers).toEqual([...numbers].sort((one, other) => (one < other ? -1 : 1)));
  expect(new Set(before.map(({ eventID }) => eventID)).size).toBe(2 * KILLS);
});
