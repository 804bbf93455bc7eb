/** The partners as programs: they print no secrets, keep their data, and never outlive their parent. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Ledger } from '../../../partners/shared/ledger.ts';
import { readLedger } from '../../support/platform/partners.ts';

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

type Call = (
  method: string,
  resource: string,
  body?: object,
  headers?: Readonly<Record<string, string>>,
) => Promise<{ readonly status: number; readonly body: unknown }>;

async function start(name: string, env: NodeJS.ProcessEnv = {}) {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', path.join(ROOT, 'partners', name, 'main.ts')],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '', PORT: '0', ...env },
    },
  );
  started.push(child);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { listening, also = [] } = JSON.parse(line) as { listening: string; also?: string[] };
  const call: Call = async (method, resource, body, headers = {}) => {
    const text = body instanceof URLSearchParams ? body : JSON.stringify(body);
    const answer = await fetch(`${listening}${resource}`, { method, headers, ...(body ? { body: text } : {}) });
    return { status: answer.status, body: await answer.json() };
  };
  return { child, url: listening, also, call };
}

const exitOf = async (child: ChildProcess): Promise<unknown[]> => once(child, 'exit');

const ADDRESS = {
  name: 'Li Wei',
  street: '88 Nanjing Road',
  city: 'Shanghai',
  state: 'Shanghai',
  country: 'CN',
  postalCode: '200000',
};
const INTENTS = '/v1/payment_intents';
/** Makes the payment intent of a key, or finds it. */
async function intentOf(call: Call, key: string): Promise<string> {
  const form = new URLSearchParams({
    amount: '100',
    currency: 'cny',
    capture_method: 'manual',
    'metadata[order_id]': key,
  });
  const { body } = await call('POST', INTENTS, form, { 'idempotency-key': key });
  return `${INTENTS}/${(body as { id: string }).id}`;
}

const PROGRAMS = [
  {
    name: 'payment-gateway',
    kind: 'authorisation',
    begin: async (call: Call, key: string) =>
      call('POST', `${await intentOf(call, key)}/confirm`, new URLSearchParams({ payment_method: 'tok_ok' }), {
        'idempotency-key': `${key}-confirm`,
      }),
    undo: async (call: Call, key: string) => call('POST', `${await intentOf(call, key)}/cancel`),
    tooLate: 400,
  },
  {
    name: 'carrier',
    kind: 'booking',
    begin: (call: Call, key: string) =>
      call('PUT', `/v1/shipments/${key}`, { address: ADDRESS, parcels: [{ sku: 'MUG-BLUE', quantity: 2 }] }),
    undo: (call: Call, key: string) => call('POST', `/v1/shipments/${key}/cancel`),
    tooLate: 409,
  },
];

describe.each(PROGRAMS)('The simulated $name', ({ name, begin, kind, undo, tooLate }) => {
  test('shows neither the token nor the address that it was given in its ledger', async () => {
    const { call, url } = await start(name);
    await begin(call, 'k');
    await undo(call, 'k');
    const entries = await readLedger(url, 'k');
    expect(entries).toHaveLength(2);
    expect(JSON.stringify(entries)).not.toMatch(/tok_ok|Nanjing/);
  });

  test('listens on as many ports as it has instances, which know the same', async () => {
    const { call, url, also } = await start(name, { PORT: '0,0' });
    await begin(call, 'k');
    expect(also).toHaveLength(1);
    expect(also[0]).not.toBe(url);
    expect(await readLedger(also[0]!, 'k')).toEqual(await readLedger(url, 'k'));
  });

  test('keeps what it answered, tombstones included, over a kill -9', async () => {
    const env = { DATA_FILE: path.join(folder, 'ledger.db') };
    const before = await start(name, env);
    const { body } = await begin(before.call, 'k');
    await undo(before.call, 'never');
    before.child.kill('SIGKILL');
    await exitOf(before.child);

    const after = await start(name, env);
    expect(await begin(after.call, 'k')).toEqual({ status: 200, body });
    expect(await begin(after.call, 'never')).toMatchObject({ status: tooLate });
    expect(await readLedger(after.url, 'k')).toEqual([expect.objectContaining({ kind })]);
  });

  test('ends when standard input ends, if it shall end with its parent', async () => {
    const { child } = await start(name, { EXIT_WITH_PARENT: '1' });
    child.stdin.end();
    expect(await exitOf(child)).toEqual([0, null]);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'ends on %s at once, although a client holds a connection open',
    async (signal) => {
      const { child, call } = await start(name);
      await call('GET', '/health');
      child.kill(signal);
      expect(await exitOf(child)).toEqual([0, null]);
    },
  );
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

describe('The simulated identity provider', () => {
  const keysOf = async (url: string) => (await fetch(`${url}/keys`)).json();

  test('listens at the same address with the same keys after a kill -9', async () => {
    const env = { DATA_FILE: path.join(folder, 'identity-provider.json') };
    const before = await start('identity-provider', env);
    const keys = await keysOf(before.url);
    before.child.kill('SIGKILL');
    const after = await start('identity-provider', env);
    expect([after.url, await keysOf(after.url)]).toEqual([before.url, keys]);
  });

  test('takes another port when its own stays occupied', async () => {
    const env = { DATA_FILE: path.join(folder, 'identity-provider.json') };
    const before = await start('identity-provider', env);
    const second = await start('identity-provider', env);
    expect(second.url).not.toBe(before.url);
    expect(await (await fetch(`${second.url}/.well-known/openid-configuration`)).json()).toMatchObject({
      issuer: second.url,
    });
  });

  test('ends when standard input ends, if it shall end with its parent', async () => {
    const { child } = await start('identity-provider', { EXIT_WITH_PARENT: '1' });
    child.stdin.end();
    expect(await exitOf(child)).toEqual([0, null]);
  });
});
