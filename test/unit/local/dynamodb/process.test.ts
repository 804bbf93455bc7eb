import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Engine } from '../../../../local/dynamodb/engine.ts';
import { EngineProcess } from '../../../../local/dynamodb/process.ts';
import { DynamoDbProxy } from '../../../../local/dynamodb/proxy.ts';
import { testEngine } from '../../../support/dynamodb/shared-dynamodb.ts';
import { CountingMeter } from '../../../support/runtime/service-context.ts';
import { killEngine } from './kill-engine.ts';

const engine = testEngine();

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'waybill-dynamodb-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const proxyTo = (process: EngineProcess): DynamoDbProxy =>
  new DynamoDbProxy({ meter: new CountingMeter(), region: 'us-east-1' }, process);

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

async function untilSilent(url: string): Promise<void> {
  while (await answers(url)) await sleep(20);
}

const fileOf = ({ name }: Engine): string => (name === 'dynoxide' ? 'dynoxide.db' : 'shared-local-instance.db');

function indexesIn(folder: string): unknown[] {
  const database = new DatabaseSync(join(folder, fileOf(engine)), { readOnly: true });
  try {
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    const sql =
      "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name IN ('us', '_stream_records') AND sql IS NOT NULL";
    return database
      .prepare(`${sql} ORDER BY name`)
      .all()
      .map(({ name }) => name);
  } finally {
    database.close();
  }
}

const createTable = {
  TableName: 'kept',
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
};

test('a folder keeps its data, and what the engine says of it is true from the first run on', async () => {
  expect(engine.holdsData(dir)).toBe(false);
  const first = await EngineProcess.start(engine, { dir });
  const proxy = proxyTo(first);
  await proxy.tableCommand('CreateTable', createTable);
  await proxy.tableCommand('PutItem', { TableName: 'kept', Item: { id: { S: 'a' } } });
  await proxy.close();
  await first.close();
  expect(engine.holdsData(dir)).toBe(true);
  expect(indexesIn(dir)).toEqual(
    engine.name === 'dynoxide' ? ['stream_records_by_shard', 'stream_records_by_table'] : ['us_shard', 'us_stream'],
  );

  const second = await EngineProcess.start(engine, { dir });
  const again = proxyTo(second);
  expect(await again.tableCommand('GetItem', { TableName: 'kept', Key: { id: { S: 'a' } } })).toEqual({
    Item: { id: { S: 'a' } },
  });
  await again.close();
  await second.close();
});

test('a folder whose first start was killed half-way is taken up', async () => {
  writeFileSync(join(dir, fileOf(engine)), '');
  expect(engine.holdsData(dir)).toBe(false);
  const process = await EngineProcess.start(engine, { dir });
  expect(await answers(process.url)).toBe(true);
  await process.close();
});

test.each([
  ['is no database', (content: Buffer) => content.fill(0xff, 0, 4_096)],
  ['lacks a part', (content: Buffer) => content.subarray(0, content.length / 2)],
  ['has a page of rubbish', (content: Buffer) => content.fill(0xff, 4_096, 8_192)],
])('a file that %s is named, and left as it is', async (_, damage) => {
  await (await EngineProcess.start(engine, { dir })).close();
  const file = join(dir, fileOf(engine));
  const rubbish = damage(readFileSync(file));
  for (const beside of ['-wal', '-shm']) rmSync(file + beside, { force: true });
  writeFileSync(file, rubbish);
  await expect(EngineProcess.start(engine, { dir })).rejects.toThrow(`The file ${file} is damaged: `);
  expect(readFileSync(file).equals(rubbish)).toBe(true);
});

test('closing ends it', async () => {
  const process = await EngineProcess.start(engine);
  await process.close();
  expect(await answers(process.url)).toBe(false);
});

test('an engine that dies is reported with what it wrote, and closing afterwards does no harm', async () => {
  const crashed = Promise.withResolvers<string>();
  const started = await EngineProcess.start(engine, { onCrash: crashed.resolve });
  killEngine(started.url);
  expect(await crashed.promise).toContain(engine.name === 'dynoxide' ? 'listening on' : 'Initializing DynamoDB Local');
  await started.close();
});

test('it does not outlive a parent that is killed with -9', async () => {
  const folder = new URL('../../../../local/dynamodb/', import.meta.url).href;
  const program = `
    import { engineHere } from '${folder}engines.ts';
    import { EngineProcess } from '${folder}process.ts';
    console.log((await EngineProcess.start(engineHere())).url);
    setInterval(() => {}, 1000);
  `;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = (await once(createInterface(parent.stdout), 'line')) as [string];
  expect(await answers(url)).toBe(true);
  parent.kill('SIGKILL');
  await untilSilent(url);
});
