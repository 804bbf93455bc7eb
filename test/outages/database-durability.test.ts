import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../local/clock.ts';
import type { Clock, JsonObject } from '../../local/contracts.ts';
import { EngineProcess } from '../../local/dynamodb/process.ts';
import { DynamoDbProxy } from '../../local/dynamodb/proxy.ts';
import { StreamPoller } from '../../local/dynamodb/stream-poller.ts';
import { TableProvider } from '../../local/dynamodb/tables.ts';
import { testEngine } from '../support/dynamodb/shared-dynamodb.ts';
import { until } from '../support/run/eventually.ts';
import { testContext } from '../support/runtime/service-context.ts';
import { FakeFunction } from '../unit/local/dynamodb/fake-stream.ts';
import { killEngine } from '../unit/local/dynamodb/kill-engine.ts';

const writers = 8;
/** How often a poller looks at a stream to whose table nobody has written. */
const IDLE_POLL_MS = 1_000;

let dir: string;
let dynamoDb: EngineProcess;
let proxy: DynamoDbProxy;
const ctx = testContext(systemClock);

async function boot(): Promise<string> {
  dynamoDb = await EngineProcess.start(testEngine('256m'), { dir });
  proxy = new DynamoDbProxy(ctx, dynamoDb);
  const { streamArn } = await new TableProvider(ctx, proxy).ensureTable(
    {
      KeySchema: [
        { AttributeName: 'id', KeyType: 'HASH' },
        { AttributeName: 'version', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'version', AttributeType: 'N' },
      ],
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
    },
    'log',
  );
  return streamArn!;
}

async function stop(): Promise<void> {
  await proxy.close();
  await dynamoDb.close();
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'waybill-durability-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const put = (id: string, version: number): JsonObject => ({
  TableName: 'log',
  Item: { id: { S: id }, version: { N: String(version) } },
});

/** Writes version after version until the database is gone; returns the last acknowledged version. */
async function writeUntilKilled(id: string, transactional: boolean, onAcknowledged: () => void): Promise<number> {
  for (let version = 1; ; version++) {
    try {
      if (transactional) {
        await proxy.tableCommand('TransactWriteItems', {
          TransactItems: [{ Put: put(id, version) }, { Put: put(`${id}-twin`, version) }],
        });
      } else await proxy.tableCommand('PutItem', put(id, version));
      onAcknowledged();
    } catch {
      return version - 1;
    }
  }
}

test('a kill -9 loses no acknowledged write, put or transaction, neither in the table nor in its stream', async () => {
  const streamArn = await boot();
  const counts = Array.from({ length: writers }, () => 0);
  const acknowledged = counts.map((_, index) =>
    writeUntilKilled(`w${index}`, index % 2 === 0, () => {
      counts[index]! += 1;
    }),
  );
  await until('every writer has written a lot', () => Math.min(...counts) >= 50);
  killEngine(dynamoDb.url);
  const lastVersions = await Promise.all(acknowledged);
  await stop();

  expect(await boot()).toBe(streamArn);
  const seen = new Map<string, number[]>();
  const fn = new FakeFunction();
  fn.answer = (_, { event }) => {
    for (const { dynamodb } of event['Records'] as unknown as {
      dynamodb: { Keys: { id: { S: string }; version: { N: string } } };
    }[]) {
      const { id, version } = dynamodb.Keys;
      seen.set(id.S, [...(seen.get(id.S) ?? []), Number(version.N)]);
    }
  };
  const poller = new StreamPoller(
    ctx,
    { proxy, invoker: fn, deliver: async () => undefined },
    { tableStreamArn: streamArn, functionArn: 'relay', batchSize: 100, startingPosition: 'TRIM_HORIZON' },
  );
  for (const [index, last] of lastVersions.entries()) {
    const { Items } = await proxy.tableCommand('Query', {
      TableName: 'log',
      KeyConditionExpression: 'id = :id',
      ExpressionAttributeValues: { ':id': { S: `w${index}` } },
    });
    const kept = (Items as { version: { N: string } }[]).map(({ version }) => Number(version.N));
    expect(kept.length).toBeGreaterThanOrEqual(last);
    await until(`the stream has shown what w${index} wrote`, () => (seen.get(`w${index}`)?.length ?? 0) >= kept.length);
    // In order, each once, and everything that the table has.
    expect(seen.get(`w${index}`)).toEqual(kept);
  }
  await poller.close();
  await stop();
});

test('a put reaches its function without a poll of the idle stream', async () => {
  const streamArn = await boot();
  const arrived = new Set<string>();
  const fn = new FakeFunction();
  fn.answer = (keys) => {
    for (const key of keys) arrived.add(key);
  };
  let polls = 0;
  const clock: Clock = {
    now: () => systemClock.now(),
    at(atMs, action) {
      const isPoll = atMs - systemClock.now() > IDLE_POLL_MS / 2;
      return systemClock.at(atMs, () => {
        if (isPoll) polls += 1;
        action();
      });
    },
  };
  const poller = new StreamPoller(
    testContext(clock),
    { proxy, invoker: fn, deliver: async () => undefined },
    { tableStreamArn: streamArn, functionArn: 'measure', batchSize: 100, startingPosition: 'TRIM_HORIZON' },
  );
  for (let index = 0; index < 40; index++) {
    await proxy.tableCommand('PutItem', put(`m${index}`, 1));
    await until(`m${index} arrives`, () => arrived.has(`m${index}`));
  }
  await poller.close();
  await stop();
  // On a busy machine some records become visible late.
  expect(polls).toBeLessThan(20);
});
