import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { removeDataDir, startInstance, temporaryDataDir } from '../support/instance.ts';
import { finalOrder, getOrder, place } from '../support/orders.ts';

const folders: string[] = [];
const folder = () => {
  const dataDir = temporaryDataDir();
  folders.push(dataDir);
  return dataDir;
};
afterAll(() => folders.forEach(removeDataDir));

const processesNaming = (text: string): string[] =>
  spawnSync('ps', ['-eo', 'pid,args']).stdout.toString().split('\n').filter((line) => line.includes(text) && !line.includes('ps -eo'));

test('Two instances run side by side, and each keeps its orders over a restart', async () => {
  const [one, two] = await Promise.all([startInstance(folder()), startInstance(folder())]);
  const [first, second] = await Promise.all([place(one.url), place(two.url)]);
  await Promise.all([finalOrder(one.url, first), finalOrder(two.url, second)]);
  expect((await fetch(`${one.url}/api/v1/orders/${second}`)).status).toBe(404);
  expect(await one.interrupt()).toBe(0);
  expect(await two.interrupt()).toBe(0);

  const again = await startInstance(one.dataDir);
  expect(await getOrder(again.url, first)).toMatchObject({ status: 'processing' });
  expect(await again.interrupt()).toBe(0);
}, 150_000);

test('SIGINT stops everything it started within seconds and leaves no process behind', async () => {
  const dataDir = folder();
  const instance = await startInstance(dataDir);
  expect(processesNaming(dataDir).length).toBeGreaterThan(0);
  const asked = Date.now();
  expect(await instance.interrupt()).toBe(0);
  expect(Date.now() - asked).toBeLessThan(10_000);
  expect(processesNaming(dataDir)).toEqual([]);
}, 90_000);

test('A data folder in use is refused, naming the process that holds it', async () => {
  const dataDir = folder();
  const instance = await startInstance(dataDir);
  await expect(startInstance(dataDir)).rejects.toThrow(new RegExp(`${instance.process.pid}`));
  await instance.interrupt();
}, 90_000);

test('A port in use is refused with words that name PORT', async () => {
  const instance = await startInstance(folder());
  await expect(startInstance(folder(), { PORT: new URL(instance.url).port })).rejects.toThrow(/PORT/);
  await instance.interrupt();
}, 90_000);

test('Without Java it says so, and what to install', async () => {
  const empty = mkdtempSync(path.join(tmpdir(), 'waybill-no-java-'));
  await expect(startInstance(folder(), { PATH: empty, JAVA_HOME: '' })).rejects.toThrow(/Java 17[\s\S]*install/i);
  rmSync(empty, { recursive: true });
}, 90_000);

test('One line is printed per domain event', async () => {
  const instance = await startInstance(folder());
  const orderId = await place(instance.url);
  await finalOrder(instance.url, orderId);
  await instance.interrupt();
  const lines = instance.output().split('\n').filter((line) => line.includes(orderId));
  for (const type of ['OrderCreated', 'InventoryReserved', 'PaymentAuthorised', 'ShipmentArranged', 'PaymentCaptured', 'OrderConfirmed']) {
    expect(lines.filter((line) => line.includes(type))).toHaveLength(1);
  }
}, 90_000);

