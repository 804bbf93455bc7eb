import { expect, test } from 'vitest';
import { sweepOrders } from '../../../../functions/recovery/application/sweep-orders.ts';
import type { Runs } from '../../../../functions/recovery/application/sweep-ports.ts';
import { type OrderId, parseOrderId } from '../../../../functions/shared/kernel/ids.ts';
import { created, HAPPY_PATH } from '../../../support/orders/streams.ts';
import { SweptOrders } from './swept-orders.ts';

const idOf = (number: number): OrderId => parseOrderId(`0190f3a0-0000-7000-8000-00000000000${number}`);
const without = { orders: 100, until: Number.POSITIVE_INFINITY };

async function given(numbers: readonly number[]): Promise<SweptOrders> {
  const orders = new SweptOrders();
  for (const number of numbers) await orders.given([created()], idOf(number));
  return orders;
}

test('A sweep finds orders that no event told of', async () => {
  const orders = await given([1, 3]);
  await orders.given(HAPPY_PATH, idOf(2));
  const { checked, findings, complete } = await sweepOrders(orders.deps, without);
  expect([checked, complete]).toEqual([3, true]);
  expect(findings.map(({ orderId, repair }) => [orderId, repair])).toEqual([
    [idOf(1), 'started'],
    [idOf(3), 'started'],
  ]);
});

test('A sweep goes on where the last one stopped, and begins anew after the last order', async () => {
  const orders = await given([1, 2, 3]);
  const two = { orders: 2, until: Number.POSITIVE_INFINITY };
  const found = async () => {
    const { findings, complete } = await sweepOrders(orders.deps, two);
    return [findings.map(({ orderId }) => orderId), complete];
  };
  expect(await found()).toEqual([[idOf(1), idOf(2)], false]);
  expect(await found()).toEqual([[idOf(3)], true]);
  orders.executions.clear();
  expect(await found()).toEqual([[idOf(1), idOf(2)], false]);
});

test('A sweep stops when its time is over', async () => {
  const orders = await given([1, 2]);
  const { checked, complete } = await sweepOrders(orders.deps, { orders: 100, until: orders.now });
  expect([checked, complete]).toEqual([0, false]);
  expect((await sweepOrders(orders.deps, without)).checked).toBe(2);
});

test('An order that cannot be looked at keeps no other from it', async () => {
  const orders = await given([1, 2]);
  const working = orders.deps.runs;
  const runs: Runs = {
    ...working,
    statuses: (run) => (run.name === idOf(1) ? Promise.reject(new Error('throttled')) : working.statuses(run)),
  };
  const { findings } = await sweepOrders({ ...orders.deps, runs }, without);
  expect(findings.map(({ orderId }) => orderId)).toEqual([idOf(2)]);
  expect(orders.failures).toEqual([idOf(1)]);
});
