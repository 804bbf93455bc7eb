import { describe, expect, test } from 'vitest';
import { type Compensation, type OrderEvent, taskIdOf } from '../../../../functions/published/order-events.ts';
import { created, EVENTS, HAPPY_PATH, ORDER_ID } from '../../../support/orders/streams.ts';
import { SweptOrders } from './swept-orders.ts';

const ORDER = `order ${ORDER_ID}`;
const CANCELLATION = `cancellation ${ORDER_ID}`;
const cancelledWith = (...parked: readonly Compensation[]): OrderEvent => ({
  ...EVENTS.cancelled,
  data: { ...EVENTS.cancelled.data, parked },
});
/** A confirmed order that is cancelled, and of which this is not undone yet. */
const confirmed = (...parked: readonly Compensation[]): OrderEvent[] => [
  ...HAPPY_PATH,
  { type: 'CancellationRequested', data: { reason: 'customer_request', from: 'processing' } },
  cancelledWith(...parked),
];
const unconfirmed = [created(), EVENTS.reserved, EVENTS.authorised, cancelledWith('VoidPayment')];
const task = { taskId: taskIdOf(ORDER_ID, 'compensation', 'VoidPayment', 1), kind: 'compensation' } as const;
const ofVoid = { ...task, step: 'VoidPayment' } as const;
const opened: OrderEvent = {
  type: 'TaskOpened',
  data: { ...ofVoid, error: 'CircuitOpen', dueAt: '2026-01-03T00:00:00.000Z' },
};
const resumed: OrderEvent = { type: 'TaskResumed', data: ofVoid };
const parked020: OrderEvent = EVENTS.parked;

const given = (...events: readonly OrderEvent[]) => new SweptOrders().given(events);

describe('A cancelled order of which something is not undone', () => {
  test('is looked at again while its execution runs', async () => {
    const orders = (await given(...confirmed('VoidPayment'))).run(ORDER, 'SUCCEEDED').run(CANCELLATION, 'RUNNING');
    expect(await orders.check()).toEqual({ atRest: false, findings: [] });
  });

  test.each(['FAILED', 'TIMED_OUT'] as const)(
    'is undone by a new execution when the last one has ended: %s',
    async (status) => {
      const orders = (await given(...confirmed('VoidPayment'))).run(ORDER, 'SUCCEEDED').run(CANCELLATION, status);
      expect(await orders.check()).toMatchObject({ findings: [{ found: 'saga_ended', repair: 'started' }] });
      expect(orders.executions.get(`${CANCELLATION}_r2`)).toBe('RUNNING');
    },
  );

  test('is undone by the saga of cancellations when its own one has failed', async () => {
    const orders = (await given(...unconfirmed)).run(ORDER, 'FAILED');
    expect(await orders.check()).toMatchObject({ findings: [{ repair: 'started' }] });
    expect(orders.executions.get(CANCELLATION)).toBe('RUNNING');
  });

  test('is a person’s task when somebody has stopped the execution', async () => {
    const orders = (await given(...confirmed('VoidPayment'))).run(CANCELLATION, 'ABORTED');
    expect(await orders.check()).toMatchObject({ findings: [{ repair: 'task_opened' }] });
  });

  test('is at rest when its execution has succeeded and has found nothing to undo', async () => {
    const orders = (await given(...unconfirmed)).run(ORDER, 'SUCCEEDED');
    expect(await orders.check()).toEqual({ atRest: true, findings: [] });
  });

  test.each<[string, OrderEvent[]]>([
    ['an event says that it is done', [...confirmed('VoidPayment'), EVENTS.refunded]],
    [
      'its task is resolved',
      [...confirmed('VoidPayment'), opened, { type: 'TaskResolved', data: { ...ofVoid, resolution: 'done_outside' } }],
    ],
    ['a person has the task', [...confirmed('VoidPayment'), opened]],
    ['a person has the task of an earlier release', [...HAPPY_PATH, parked020, cancelledWith('VoidPayment')]],
  ])('is at rest when %s', async (_, events) => {
    const orders = (await given(...events)).run(CANCELLATION, 'FAILED');
    expect(await orders.check()).toEqual({ atRest: true, findings: [] });
  });

  test('is not done by a refund of before it was cancelled', async () => {
    const orders = await given(...HAPPY_PATH, EVENTS.refunded, ...confirmed('VoidPayment').slice(HAPPY_PATH.length));
    orders.run(CANCELLATION, 'FAILED');
    expect(await orders.check()).toMatchObject({ findings: [{ repair: 'started' }] });
  });

  test.each([
    ['ABORTED', [...confirmed('VoidPayment'), opened, resumed]],
    ['FAILED', [...confirmed('VoidPayment'), opened, resumed]],
    ['SUCCEEDED', [...HAPPY_PATH, parked020, cancelledWith('VoidPayment'), resumed]],
  ] as const)(
    'is undone by a new execution when a person resumes its task, after one that is %s',
    async (status, events) => {
      const orders = (await given(...events)).run(CANCELLATION, status);
      expect(await orders.check()).toMatchObject({ findings: [{ repair: 'started' }] });
      expect(orders.executions.get(`${CANCELLATION}_r2`)).toBe('RUNNING');
      expect(await orders.check()).toEqual({ atRest: false, findings: [] });
    },
  );
});
