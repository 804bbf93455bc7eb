import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { callApi } from '../support/api/client.ts';
import { finalOrder, getOrder, place } from '../support/api/order-requests.ts';
import { asOperator } from '../support/api/tokens.ts';
import { type Instance, removeDataDir, startInstance, temporaryDataDir } from '../support/platform/instance.ts';
import { until } from '../support/run/eventually.ts';

const folders: string[] = [];
const folder = () => {
  const dataDir = temporaryDataDir();
  folders.push(dataDir);
  return dataDir;
};
const [dataDir, otherDataDir] = [folder(), folder()];
/** The one that runs on when two ran side by side and it was started again. */
let instance: Instance | undefined;
afterAll(async () => {
  await instance?.interrupt();
  folders.forEach(removeDataDir);
});

const processesNaming = (text: string): string[] =>
  spawnSync('ps', ['-eo', 'pid,args'])
    .stdout.toString()
    .split('\n')
    .filter((line) => line.includes(text) && !line.includes('ps -eo'));

test('Two instances run side by side, and each keeps its orders over a restart', async () => {
  const [one, two] = await Promise.all([startInstance(dataDir), startInstance(otherDataDir)]);
  const [first, second] = await Promise.all([place(one.url), place(two.url)]);
  await Promise.all([finalOrder(one.url, first), finalOrder(two.url, second)]);
  expect((await callApi(one.url, `/orders/${second}`, { headers: await asOperator(one.url) })).status).toBe(404);
  expect(await one.interrupt()).toBe(0);
  expect(await two.interrupt()).toBe(0);

  instance = await startInstance(dataDir);
  expect(await getOrder(instance.url, first)).toMatchObject({ status: 'processing' });
});

describe('A running instance', () => {
  test('keeps its data folder to itself, and says which process holds it; the other start changes nothing in it', async () => {
    const identity = () => readFileSync(path.join(dataDir, 'partner-identity-provider.json'), 'utf8');
    const [before, token] = [identity(), await asOperator(instance!.url)];
    await expect(startInstance(dataDir)).rejects.toThrow(new RegExp(`in use by process ${instance!.process.pid}`));
    expect(identity()).toBe(before);
    expect(existsSync(path.join(dataDir, 'instance.json'))).toBe(true);
    // Not 401: the token is as good as before.
    expect((await callApi(instance!.url, '/orders/none', { headers: token })).status).toBe(404);
  });

  test('has its data where only its owner may look', () => {
    for (const entry of ['', ...globSync('**/*', { cwd: dataDir })]) {
      expect([entry, statSync(path.join(dataDir, entry)).mode & 0o077]).toEqual([entry, 0]);
    }
  });

  test('keeps its port to itself, and says how to choose another', async () => {
    await expect(startInstance(otherDataDir, { PORT: new URL(instance!.url).port })).rejects.toThrow(/PORT/);
  });

  test('prints one line per domain event', async () => {
    const running = instance!;
    const orderId = await place(running.url);
    const confirmed = new RegExp(`${orderId}.*OrderConfirmed`);
    await until('the confirmation is printed', () => confirmed.test(running.output()));
    const lines = running
      .output()
      .split('\n')
      .filter((line) => line.includes(orderId));
    for (const type of [
      'OrderCreated',
      'InventoryReserved',
      'PaymentAuthorised',
      'ShipmentsPlanned',
      'ShipmentArranged',
      'PaymentCaptured',
      'OrderConfirmed',
    ]) {
      expect(lines.filter((line) => line.includes(type))).toHaveLength(1);
    }
  });

  test('stops everything it started on SIGINT, and leaves no process behind', async () => {
    expect(processesNaming(dataDir).length).toBeGreaterThan(0);
    expect(await instance!.interrupt()).toBe(0);
    await until('no process of it is left', () => processesNaming(dataDir).length === 0);
  });
});

test('Settings that cannot be are refused with what was expected', async () => {
  await expect(startInstance(folder(), { PORT: 'http' })).rejects.toThrow(/PORT is "http"; expected a whole number/);
  await expect(startInstance(folder(), { WAYBILL_CONFIGURATION: '{"breaker":{"openSeconds":0}}' })).rejects.toThrow(
    /WAYBILL_CONFIGURATION is wrong.*\n {2}breaker\.openSeconds: /,
  );
});

test('Without Java, where DynamoDB Local is wanted, it says so, and what to install', async () => {
  const empty = mkdtempSync(path.join(tmpdir(), 'waybill-no-java-'));
  await expect(
    startInstance(folder(), { PATH: empty, JAVA_HOME: '', WAYBILL_DYNAMODB: 'dynamodb-local' }),
  ).rejects.toThrow(/Java 17[\s\S]*install/i);
  rmSync(empty, { recursive: true });
});
