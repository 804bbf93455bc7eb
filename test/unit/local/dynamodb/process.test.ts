import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findJava } from '../../../../local/dynamodb/java.ts';
import { DynamoDbProcess } from '../../../../local/dynamodb/process.ts';
import { DynamoDbProxy } from '../../../../local/dynamodb/proxy.ts';
import { CountingMeter } from '../../../support/runtime/service-context.ts';
import { killJava } from './kill-java.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'waybill-dynamodb-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const proxyTo = (url: string): DynamoDbProxy =>
  new DynamoDbProxy({ meter: new CountingMeter(), region: 'us-east-1' }, url);

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

async function untilSilent(url: string, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    if (!(await answers(url))) return true;
    await sleep(20);
  }
  return false;
}

const createTable = {
  TableName: 'kept',
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
};

test('a folder keeps its data, with a write-ahead log and the indexes for streams from the first run on', async () => {
  const first = await DynamoDbProcess.start({ dir, heap: '128m' });
  const proxy = proxyTo(first.url);
  await proxy.tableCommand('CreateTable', createTable);
  await proxy.tableCommand('PutItem', { TableName: 'kept', Item: { id: { S: 'a' } } });
  await proxy.close();
  await first.close();

  const database = new DatabaseSync(join(dir, 'shared-local-instance.db'), { readOnly: true });
  expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  const indexes = database
    .prepare(
      "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'us' AND sql IS NOT NULL ORDER BY name",
    )
    .all();
  expect(indexes.map(({ name }) => name)).toEqual(['us_shard', 'us_stream']);
  const statistics = database.prepare("SELECT idx, stat FROM sqlite_stat1 WHERE tbl = 'us' ORDER BY idx").all();
  expect(statistics).toEqual([
    { idx: 'us_shard', stat: '1000000 1000000 1' },
    { idx: 'us_stream', stat: '1000000 1000000 1' },
  ]);
  database.close();

  const second = await DynamoDbProcess.start({ dir, heap: '128m' });
  const again = proxyTo(second.url);
  expect(await again.tableCommand('GetItem', { TableName: 'kept', Key: { id: { S: 'a' } } })).toEqual({
    Item: { id: { S: 'a' } },
  });
  await again.close();
  await second.close();
});

test('a folder whose first start was killed half-way is taken up', async () => {
  writeFileSync(join(dir, 'shared-local-instance.db'), '');
  const process = await DynamoDbProcess.start({ dir, heap: '64m' });
  expect(await answers(process.url)).toBe(true);
  await process.close();
});

test('closing ends it within two seconds', async () => {
  const process = await DynamoDbProcess.start({ heap: '64m' });
  const began = performance.now();
  await process.close();
  expect(performance.now() - began).toBeLessThan(2_000);
  expect(await answers(process.url)).toBe(false);
});

test('a Java that dies is reported with what it wrote, and closing afterwards does no harm', async () => {
  const crashed = Promise.withResolvers<string>();
  const started = await DynamoDbProcess.start({ heap: '64m', onCrash: crashed.resolve });
  killJava(started.url);
  expect(await crashed.promise).toContain('Initializing DynamoDB Local');
  await started.close();
});

test('it does not outlive a parent that is killed with -9', async () => {
  const source = new URL('../../../../local/dynamodb/process.ts', import.meta.url).href;
  const program = `import { DynamoDbProcess } from '${source}'; console.log((await DynamoDbProcess.start({ heap: '64m' })).url); setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = (await once(createInterface(parent.stdout), 'line')) as [string];
  expect(await answers(url)).toBe(true);
  parent.kill('SIGKILL');
  expect(await untilSilent(url, 3_000)).toBe(true);
});

describe('without a suitable Java', () => {
  function javaThatSays(text: string): NodeJS.ProcessEnv {
    writeFileSync(join(dir, 'java'), `#!/bin/sh\necho '${text}' >&2\n`);
    chmodSync(join(dir, 'java'), 0o755);
    return { PATH: `${dir}:${process.env['PATH']}` };
  }

  test('a missing one is named, with what is needed and how to install it', () => {
    const find = (): string => findJava({ PATH: dir });
    expect(find).toThrow(/Java was not found.*needs Java 17 or newer.*openjdk-17-jre-headless/s);
  });

  test.each(['java version "1.8.0_402"', 'openjdk version "11.0.22" 2024-01-16'])('%s is too old', (version) => {
    expect(() => findJava(javaThatSays(version))).toThrow(/Java (8|11) was found .* too old/);
  });

  test('the stub of macOS that only asks for a Java counts as none', () => {
    expect(() => findJava(javaThatSays('Unable to locate a Java Runtime.'))).toThrow(
      /Java was not found.*Unable to locate/s,
    );
  });

  test.each(['openjdk version "17.0.15" 2025-04-15', 'openjdk version "25" 2025-09-16'])('%s will do', (version) => {
    expect(findJava(javaThatSays(version))).toBe('java');
  });
});
