import { execFile } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { auditParts } from '../../launch/audit/audit-client.ts';
import { AuditReport } from '../../launch/audit/audit-report.ts';
import { callApi } from '../support/api/client.ts';
import { finalOrder, getOrder, historyTypes, place } from '../support/api/order-requests.ts';
import { asOperator, bearer } from '../support/api/tokens.ts';
import { type Instance, removeDataDir, startInstance, temporaryDataDir } from '../support/platform/instance.ts';
import { readLedger } from '../support/platform/partners.ts';
import { runFunction } from '../support/platform/run-function.ts';
import { storedItems } from '../support/platform/stored.ts';
import { eventually } from '../support/run/eventually.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const [lost, fresh, folder, newest] = Array.from({ length: 4 }, () => temporaryDataDir()) as [
  string,
  string,
  string,
  string,
];
const ERASER = 'orders/advance-erasures';
const ERASED = '[erased]';
/** What the orders of this test have of their person, also in the words of the search. */
const OF_PERSON = /Li Wei|Nanjing|tok_ok|name#(li|wei)|requestHash":"[0-9a-f]/i;
const itemsAbout = async (from: Instance, orderId: string): Promise<readonly string[]> =>
  Object.values(await storedItems(from)).flatMap((items) => items.map(String).filter((item) => item.includes(orderId)));
let instance: Instance | undefined;

afterAll(async () => {
  await instance?.interrupt();
  for (const each of [lost, fresh, folder, newest]) removeDataDir(each);
});

/** `npm run backup`, `npm run restore` or `npm run rebuild`, of the instance on this folder. */
const run = (
  program: 'backup/backup' | 'backup/restore' | 'rebuild/rebuild',
  dataDir: string,
  ...args: readonly string[]
) =>
  promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', path.join(ROOT, `launch/${program}.ts`), ...args],
    { env: { ...process.env, NODE_OPTIONS: '', AWS_ENDPOINT_URL: undefined, WAYBILL_DATA: dataDir } },
  ).then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, text: stdout + stderr }),
  );

async function command(url: string, orderId: string, what: string, scope: string): Promise<void> {
  const headers = await asOperator(url, scope);
  const { status } = await callApi(url, `/orders/${orderId}/${what}`, { method: 'POST', headers });
  expect(status).toBe(202);
}

async function become(url: string, orderId: string, status: string): Promise<void> {
  await eventually(
    `an order that is ${status}`,
    async () => (await getOrder(url, orderId)).status === status || undefined,
  );
}

test('A platform that has lost everything goes on from a backup: every order, its books and its stock are there, no partner is asked again, and who was forgotten since is forgotten again', async () => {
  instance = await startInstance(lost);
  const { url } = instance;
  const delivered = await place(url);
  await finalOrder(url, delivered);
  await command(url, delivered, 'ship', 'orders:fulfil');
  await become(url, delivered, 'shipped');
  await command(url, delivered, 'deliver', 'orders:fulfil');
  const cancelled = await place(url);
  await finalOrder(url, cancelled);
  await command(url, cancelled, 'cancel', 'orders:refund');
  await become(url, cancelled, 'cancelled');
  const confirmed = await place(url);
  const held = await place(url, { items: [{ sku: 'TSHIRT', quantity: 100 }] });
  await finalOrder(url, confirmed);
  await become(url, delivered, 'delivered');
  const orders = [delivered, cancelled, confirmed, held];
  const before = await Promise.all(orders.map((orderId) => historyTypes(url, orderId)));

  expect(await run('backup/backup', lost, '--to', folder)).toMatchObject({ code: 0 });
  expect(await run('backup/backup', lost, '--to', folder)).toMatchObject({
    code: 1,
    text: expect.stringContaining('is not empty; expected a new folder'),
  });
  const forgotten = await callApi(url, '/customers/C1/erasures', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(await asOperator(url, 'privacy:erase')) },
    body: JSON.stringify({ reason: 'customer_request' }),
  });
  expect(forgotten.status).toBe(202);
  await runFunction(instance.endpointUrl, ERASER);
  expect(await getOrder(url, delivered)).toMatchObject({ customer: { name: ERASED } });
  expect(await run('backup/backup', lost, '--to', newest)).toMatchObject({ code: 0 });
  await instance.interrupt();

  instance = await startInstance(fresh);
  const there = instance.url;
  const dry = await run('backup/restore', fresh, '--from', folder, '--replace', '--dry-run');
  expect(dry.text).toMatch(/OrderLog: [1-9]\d* items, [1-9]\d* missing, 0 other, 0 newer\n/);
  const restored = await run('backup/restore', fresh, '--from', folder, '--replace', '--erasures', newest);
  expect(restored).toMatchObject({ code: 0, text: expect.stringContaining('1 erasures are carried out again') });
  expect(await getOrder(there, delivered)).toMatchObject({ customer: { name: 'Li Wei' } });
  const after = await run('backup/restore', fresh, '--from', folder, '--table', 'OrderLog', '--dry-run');
  expect(after.text).toMatch(/OrderLog: [1-9]\d* items, 0 missing, 0 other, \d newer\n/);

  for (const [index, orderId] of orders.entries()) {
    await become(there, orderId, ['delivered', 'cancelled', 'processing', 'held'][index]!);
    expect((await historyTypes(there, orderId)).slice(0, before[index]!.length)).toEqual(before[index]);
  }
  await eventually('the list of orders', async () => {
    const headers = await bearer(there, { sub: 'C1', role: 'customer' });
    const { items } = (await (await callApi(there, '/orders/customer/C1', { headers })).json()) as { items: unknown[] };
    return items.length === orders.length || undefined;
  });
  await runFunction(instance.endpointUrl, ERASER);
  for (const orderId of [delivered, cancelled]) {
    expect(await getOrder(there, orderId)).toMatchObject({ customer: { name: ERASED } });
  }
  expect(await getOrder(there, confirmed)).toMatchObject({ customer: { name: 'Li Wei' } });
  // Nor does a rebuild bring anything back, neither what the views show nor what orders are found by.
  for (const model of ['order-view', 'order-search']) {
    expect(await run('rebuild/rebuild', fresh, model)).toMatchObject({ code: 0 });
  }
  await runFunction(instance.endpointUrl, ERASER);
  for (const orderId of [delivered, cancelled]) {
    expect(await getOrder(there, orderId)).toMatchObject({ customer: { name: ERASED } });
    expect((await itemsAbout(instance, orderId)).filter((item) => OF_PERSON.test(item))).toEqual([]);
  }
  expect((await itemsAbout(instance, confirmed)).filter((item) => OF_PERSON.test(item)).length).toBeGreaterThan(2);
  const report = new AuditReport(Date.now());
  for await (const part of auditParts(there, 0)) report.add(part);
  expect(report.lines().at(-1)).toMatch(/^✓ The books of 4 orders/);
  // Its partners are new, and know nothing of these orders: what is known to be done is not done again. What is cancelled may be forbidden there.
  for (const orderId of orders) {
    const kinds = [
      ...(await readLedger(instance.gatewayUrl, orderId)),
      ...(await readLedger(instance.carrierUrl, orderId)),
    ].map(({ kind }) => kind);
    expect(kinds.filter((kind) => !['void', 'withdrawal', 'cancellation'].includes(kind))).toEqual([]);
  }

  appendFileSync(path.join(folder, 'Ledger.json'), '{"Item":{}}\n');
  expect(await run('backup/restore', fresh, '--from', folder, '--replace')).toMatchObject({
    code: 1,
    text: expect.stringContaining('its SHA-256 is another one'),
  });
});
