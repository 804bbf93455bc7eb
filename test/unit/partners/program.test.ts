/** What both partners are as programs: polite to any request, durable, and never left behind. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Ledger } from '../../../partners/shared/ledger.ts';
import { readLedger } from '../../support/partners.ts';
import { clientOf } from './protocol.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const started: ChildProcess[] = [];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'waybill-partner-'));
});

afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
});

async function start(name: string, env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path.join(ROOT, 'partners', name, 'main.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '', PORT: '0', ...env },
  });
  started.push(child);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { listening } = JSON.parse(line) as { listening: string };
  return { child, url: listening, call: clientOf(listening) };
}

const exitOf = async (child: ChildProcess): Promise<unknown[]> => once(child, 'exit');

const ADDRESS = { name: 'Li Wei', street: '88 Nanjing Road', city: 'Shanghai', state: 'Shanghai', country: 'CN', postalCode: '200000' };
const PROGRAMS = [
  { name: 'payment-gateway', resource: '/v1/payments', begin: { amount: 100, currency: 'CNY', token: 'tok_ok' }, kind: 'authorisation', undo: 'void' },
  { name: 'carrier', resource: '/v1/shipments', begin: { address: ADDRESS, parcels: [{ sku: 'MUG-BLUE', quantity: 2 }] }, kind: 'booking', undo: 'cancel' },
];

describe.each(PROGRAMS)('The simulated $name', ({ name, resource, begin, kind, undo }) => {
  test('says that it is well', async () => {
    const { call } = await start(name);
    expect(await call('GET', '/health')).toEqual({ status: 200, body: { status: 'ok' } });
  });

  test('answers what it does not understand, and goes on', async () => {
    const { call, url } = await start(name);
    expect(await call('GET', '/')).toEqual({ status: 404, body: { error: 'not-found' } });
    expect(await call('DELETE', `${resource}/k`)).toMatchObject({ status: 404 });
    expect(await call('GET', `${resource}/${'k'.repeat(65)}`)).toEqual({ status: 404, body: { error: 'not-found' } });
    expect(await call('GET', `${resource}/%zz`)).toMatchObject({ status: 404 });
    expect(await call('PUT', `${resource}/k`, '{"amount":')).toEqual({ status: 400, body: { error: 'malformed-json' } });
    expect(await call('PUT', `${resource}/k`)).toMatchObject({ status: 400, body: { error: 'invalid-request' } });
    expect(await call('PUT', `${resource}/k`, '[]')).toMatchObject({ status: 400, body: { error: 'invalid-request' } });
    expect(await call('PUT', `${resource}/k`, 'x'.repeat(2_000_000))).toMatchObject({ status: 413, body: { error: 'body-too-large' } });
    expect(await call('GET', '/v1/ledger?limit=0')).toMatchObject({ status: 400, body: { error: 'invalid-request' } });
    await new Promise<void>((resolve) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
        socket.end('this is not HTTP\r\n\r\n');
      }).resume().on('close', () => resolve());
    });
    await new Promise<void>((resolve) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
        socket.write(`PUT ${resource}/k HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{`, () => socket.destroy());
      }).on('close', () => resolve());
    });
    expect(await readLedger(url, 'k')).toEqual([]);
    expect(await call('PUT', `${resource}/k`, begin)).toMatchObject({ status: 201 });
  });

  test('has a ledger that is read in pages, of one key or of all', async () => {
    const { call, url } = await start(name);
    for (const key of ['a', 'b', 'c']) await call('PUT', `${resource}/${key}`, begin);
    await call('POST', `${resource}/a/${undo}`);
    expect(await readLedger(url, 'b')).toEqual([expect.objectContaining({ sequence: 2, key: 'b', kind, at: expect.stringMatching(/^\d{4}-.*Z$/) })]);
    const first = await call('GET', '/v1/ledger?limit=3');
    expect(first.body).toMatchObject({ entries: [{ key: 'a' }, { key: 'b' }, { key: 'c' }], next: 3 });
    const second = await call('GET', '/v1/ledger?limit=3&after=3');
    expect(second.body).toEqual({ entries: [expect.objectContaining({ sequence: 4, key: 'a' })] });
  });

  test('tells nobody the token or the address that it was given', async () => {
    const { call, url } = await start(name);
    const answers = [
      await call('PUT', `${resource}/k`, begin), await call('GET', `${resource}/k`), await call('POST', `${resource}/k/${undo}`), await readLedger(url, 'k'),
    ];
    expect(JSON.stringify(answers)).not.toMatch(/tok_ok|Nanjing/);
  });

  test('remembers what it answered, tombstones included, after a kill -9', async () => {
    const env = { DATA_FILE: path.join(folder, 'ledger.db') };
    const before = await start(name, env);
    const { body } = await before.call('PUT', `${resource}/k`, begin);
    await before.call('POST', `${resource}/never/${undo}`);
    before.child.kill('SIGKILL');
    await exitOf(before.child);

    const after = await start(name, env);
    expect(await after.call('PUT', `${resource}/k`, begin)).toEqual({ status: 200, body });
    expect(await after.call('PUT', `${resource}/never`, begin)).toMatchObject({ status: 409 });
    expect(await readLedger(after.url, 'k')).toEqual([expect.objectContaining({ kind })]);
  });

  test('ends when standard input does, if it is to end with its parent', async () => {
    const { child } = await start(name, { EXIT_WITH_PARENT: '1' });
    child.stdin!.end();
    expect(await exitOf(child)).toEqual([0, null]);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('ends on %s at once, although a client holds a connection open', async (signal) => {
    const { child, call } = await start(name);
    await call('GET', '/health');
    child.kill(signal);
    expect(await exitOf(child)).toEqual([0, null]);
  });
});

describe('The ledger', () => {
  test('is append-only: its file refuses to change or to lose an entry', () => {
    const file = path.join(folder, 'ledger.db');
    const ledger = new Ledger<{ kind: string }>(file);
    ledger.append('k', { kind: 'something' });
    ledger.close();
    const db = new DatabaseSync(file);
    expect(() => db.exec("UPDATE entries SET movement = '{}'")).toThrow('append-only');
    expect(() => db.exec('DELETE FROM entries')).toThrow('append-only');
    db.close();
  });
});
