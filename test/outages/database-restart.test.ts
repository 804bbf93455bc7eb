import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepEngine } from '../../local/dynamodb/kept-engine.ts';
import { DynamoDbProxy } from '../../local/dynamodb/proxy.ts';
import { testEngine } from '../support/dynamodb/shared-dynamodb.ts';
import { until } from '../support/run/eventually.ts';
import { CountingMeter } from '../support/runtime/service-context.ts';
import { killEngine } from '../unit/local/dynamodb/kill-engine.ts';

let dir: string;
let warnings: string[];
let failures: Error[];
let engine: Awaited<ReturnType<typeof keepEngine>>;
let proxy: DynamoDbProxy;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'waybill-dynamodb-'));
  warnings = [];
  failures = [];
  engine = await keepEngine(testEngine(), {
    dir,
    warn: (message) => void warnings.push(message),
    fail: (reason) => void failures.push(reason),
  });
  proxy = new DynamoDbProxy({ meter: new CountingMeter(), region: 'us-east-1' }, engine);
});
afterEach(async () => {
  await proxy.close();
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

const untilItAnswers = () =>
  until('the database answers', () =>
    proxy.tableCommand('ListTables', {}).then(
      () => true,
      () => false,
    ),
  );

test('a database that is killed, and killed again, is back at the same address with all data', async () => {
  await proxy.tableCommand('CreateTable', {
    TableName: 'kept',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  });
  const item = { id: { S: 'a' } };
  await proxy.tableCommand('PutItem', { TableName: 'kept', Item: item });
  for (const kills of [1, 2]) {
    killEngine(engine.url);
    await expect(proxy.tableCommand('ListTables', {})).rejects.toMatchObject({ code: 'InternalServerError' });
    await untilItAnswers();
    expect(await proxy.tableCommand('GetItem', { TableName: 'kept', Key: item })).toEqual({ Item: item });
    // A kill that meets an engine while it is still being started is told as a start that failed.
    const told = warnings.filter((warning) => /ended unexpectedly|cannot be started/.test(warning));
    expect(told.length).toBeGreaterThanOrEqual(kills);
  }
  expect(failures).toEqual([]);
});

test('closing while it is being started again ends it for good', async () => {
  const { url } = engine;
  killEngine(url);
  await until('the end of the engine is noticed', () => warnings.length > 0);
  await engine.close();
  await expect(fetch(url)).rejects.toThrow();
});
