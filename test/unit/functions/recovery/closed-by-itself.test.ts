import { describe, expect, test } from 'vitest';
import type { OrderEvent } from '../../../../functions/published/order-events.ts';
import { created, EVENTS, HAPPY_PATH, ORDER_ID } from '../../../support/orders/streams.ts';
import { SweptOrders } from './swept-orders.ts';

const ORDER = `order ${ORDER_ID}`;

describe('A task of a stuck order', () => {
  const opened: OrderEvent = {
    type: 'TaskOpened',
    data: { taskId: 'task-1', kind: 'stuck', error: 'SagaEnded', dueAt: '2026-01-02T08:00:00.000Z' },
  };

  test('is resolved by itself when the order has come to its end', async () => {
    const orders = await new SweptOrders().given([created(), opened, EVENTS.declined, EVENTS.cancelled]);
    expect((await orders.check()).atRest).toBe(true);
    await orders.check();
    const types = await orders.types();
    expect(types.filter((type) => type === 'TaskResolved')).toHaveLength(1);
  });

  test('that an earlier state of the software let a person settle is opened anew: its goods are still reserved', async () => {
    const settled: OrderEvent = {
      type: 'TaskResolved',
      data: { taskId: 'task-1', kind: 'stuck', resolution: 'done_outside' },
    };
    const orders = (await new SweptOrders().given([created(), opened, settled])).run(ORDER, 'FAILED');
    expect(await orders.check()).toMatchObject({ atRest: false, findings: [{ repair: 'started' }] });
  });
});

describe('A task about the recording of an end', () => {
  const opened: OrderEvent = {
    type: 'TaskOpened',
    data: {
      taskId: 'task-2',
      kind: 'completion',
      step: 'ConfirmOrder',
      error: 'Error',
      dueAt: '2026-01-02T08:00:00.000Z',
    },
  };

  test.each([
    ['before', [opened, EVENTS.confirmed]],
    ['after', [EVENTS.confirmed, opened]],
  ])('is resolved by itself when the end is recorded, opened %s that', async (_, end) => {
    const orders = await new SweptOrders().given([...HAPPY_PATH.slice(0, -1), ...end]);
    expect((await orders.check()).atRest).toBe(true);
    await orders.check();
    const resolved = (await orders.log.read(ORDER_ID)).filter(({ type }) => type === 'TaskResolved');
    expect(resolved.map(({ data }) => data)).toEqual([
      { taskId: 'task-2', kind: 'completion', step: 'ConfirmOrder', resolution: 'completed' },
    ]);
  });

  test('stays open as long as the end is not recorded', async () => {
    const orders = (await new SweptOrders().given([...HAPPY_PATH.slice(0, -1), opened])).run(ORDER, 'RUNNING');
    await orders.check();
    expect(await orders.types()).not.toContain('TaskResolved');
  });
});
