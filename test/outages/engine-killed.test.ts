import { once } from 'node:events';
import { globSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { enginesOf } from '../fault/real/database.ts';
import { finalOrder, placeUntilAccepted } from '../support/api/order-requests.ts';
import { type Instance, removeDataDir, startInstance, temporaryDataDir } from '../support/platform/instance.ts';
import { eventually, until } from '../support/run/eventually.ts';

const KILLS = 3;

const dataDir = temporaryDataDir();
const otherDataDir = temporaryDataDir();
let instance: Instance | undefined;
let doomed: Instance | undefined;

afterAll(async () => {
  await instance?.interrupt();
  await doomed?.interrupt();
  removeDataDir(dataDir);
  removeDataDir(otherDataDir);
});

test('After kills -9 of the engine in the midst of orders, every accepted order ends, and the platform says what happened', async () => {
  instance = await startInstance(dataDir);
  const { url } = instance;
  const accepted: string[] = [];
  let isOver = false;
  const customers = Array.from({ length: 4 }, async (_, index) => {
    while (!isOver) {
      accepted.push((await placeUntilAccepted(url, { items: [{ sku: 'TSHIRT', quantity: index + 1 }] }))!);
    }
  });
  let engine: number | undefined;
  for (let kills = 0; kills < KILLS; kills += 1) {
    const killed = engine;
    engine = await eventually('one engine, which was not killed', () => {
      const [one, ...others] = enginesOf(dataDir);
      return one !== killed && others.length === 0 ? one : undefined;
    });
    const before = accepted.length;
    await until('orders are accepted', () => accepted.length >= before + 4);
    process.kill(engine, 'SIGKILL');
  }
  isOver = true;
  await Promise.all(customers);
  accepted.push((await placeUntilAccepted(url))!);

  const orders = await Promise.all(accepted.map((orderId) => finalOrder(url, orderId)));
  expect(accepted.length).toBeGreaterThanOrEqual(4 * KILLS);
  expect(new Set(orders.map(({ status }) => status))).toEqual(new Set(['processing']));
  expect(instance.output().match(/ended unexpectedly and is being started again/g)).not.toBeNull();
});

test('An engine that cannot be started again ends the platform with code 1, and it says which file is damaged', async () => {
  doomed = await startInstance(otherDataDir);
  const ended = once(doomed.process, 'close');
  const [engine] = enginesOf(otherDataDir);
  // It stands still while its files are damaged, so that none is started on good ones.
  process.kill(engine!, 'SIGSTOP');
  const files = globSync('dynamodb/*', { cwd: otherDataDir }).map((file) => path.join(otherDataDir, file));
  for (const file of files) writeFileSync(file, 'no database '.repeat(1_000));
  process.kill(engine!, 'SIGKILL');

  const [code] = (await ended) as [number | null];
  expect(code).toBe(1);
  expect(doomed.output()).toMatch(/The file \S+dynamodb\S+ is damaged: .*\. Nothing was changed\. Keep a copy/);
});
