import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Clock, JsonObject } from '../../local/contracts.ts';
import { EngineProcess } from '../../local/dynamodb/process.ts';
import { DynamoDbProxy } from '../../local/dynamodb/proxy.ts';
import { StreamPoller } from '../../local/dynamodb/stream-poller.ts';
import { TableProvider } from '../../local/dynamodb/tables.ts';
import { testEngine } from '../support/dynamodb/shared-dynamodb.ts';
import { testContext } from '../support/runtime/service-context.ts';
import { FakeFunction } from '../unit/local/dynamodb/fake-stream.ts';
import { killEngine } from '../unit/local/dynamodb/kill-engine.ts';

const realClock: Clock = {
  now: () => Date.now(),
  at: (atMs, action) => {
    const timer = setTimeout(action, atMs - Date.now());
    return () => clearTimeout(timer);
  },
};
const writers = 8;

let dir: string;
let dynamoDb: EngineProcess;
let proxy: DynamoDbProxy;
const ctx = testContext(realClock);

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
async function writeUntilKilled(id: string, transactional: boolean): Promise<number> {
  for (let version = 1; ; version++) {
    try {
      if (transactional) {
        await proxy.tableCommand('TransactWriteItems', {
          TransactItems: [{ Put: put(id, version) }, { Put: put(`${id}-twin`, version) }],
        });
      } else await proxy.tableCommand('PutItem', put(id, version));
    } catch {
      return version - 1;
    }
  }
}

test('a kill -9 loses no acknowledged write, put or transaction, neither in the table nor in its stream', async () => {
  const streamArn = await boot();
  const acknowledged = Array.from({ length: writers }, (_, index) => writeUntilKilled(`w${index}`, index % 2 === 0));
  await sleep(1_000);
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
  const isComplete = (): boolean => lastVersions.every((last, index) => (seen.get(`w${index}`)?.length ?? 0) >= last);
  for (let waited = 0; !isComplete() && waited < 10_000; waited += 50) await sleep(50);
  await poller.close();

  for (const [index, last] of lastVersions.entries()) {
    expect(last).toBeGreaterThan(0);
    const { Items } = await proxy.tableCommand('Query', {
      TableName: 'log',
      KeyConditionExpression: 'id = :id',
      ExpressionAttributeValues: { ':id': { S: `w${index}` } },
    });
    const kept = (Items as { version: { N: string } }[]).map(({ version }) => Number(version.N));
    expect(kept.length).toBeGreaterThanOrEqual(last);
    // In order, each once, and everything that the table has.
    expect(seen.get(`w${index}`)).toEqual(kept);
  }
  await stop();
});

test('from a put to its function it takes milliseconds', async () => {
  const streamArn = await boot();
  const arrived = new Map<string, number>();
  const fn = new FakeFunction();
  fn.answer = (keys) => {
    for (const key of keys) arrived.set(key, performance.now());
  };
  const poller = new StreamPoller(
    ctx,
    { proxy, invoker: fn, deliver: async () => undefined },
    { tableStreamArn: streamArn, functionArn: 'measure', batchSize: 100, startingPosition: 'LATEST' },
  );
  await sleep(500);
  const latencies: number[] = [];
  for (let index = 0; index < 40; index++) {
    await proxy.tableCommand('PutItem', put(`m${index}`, 1));
    const acknowledgedAt = performance.now();
    while (!arrived.has(`m${index}`)) await sleep(1);
    latencies.push(arrived.get(`m${index}`)! - acknowledgedAt);
  }
  await poller.close();
  await stop();
  // Far below the poll of a second, with room for a busy machine.
  expect(latencies.sort((left, right) => left - right)[20]).toBeLessThan(100);
});
