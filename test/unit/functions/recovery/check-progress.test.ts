import { describe, expect, test } from 'vitest';
import type { OrderEvent, TaskOpened } from '../../../../functions/published/order-events.ts';
import { failed, paidBack, requested } from '../../../support/orders/refunds.ts';
import {
  CHANGE_ID,
  changeRequested,
  created,
  EVENTS,
  HAPPY_PATH,
  ORDER_ID,
  START,
} from '../../../support/orders/streams.ts';
import { MINUTE, SweptOrders } from './swept-orders.ts';

const cancellation = (from: 'processing' | 'payment_completed'): OrderEvent => ({
  type: 'CancellationRequested',
  data: { reason: 'customer_request', from },
});
const DAY = 86_400_000;
const ORDER = `order ${ORDER_ID}`;
const CANCELLATION = `cancellation ${ORDER_ID}`;
const CHANGE = `items-change ${ORDER_ID}_${CHANGE_ID}`;
const held: OrderEvent = { type: 'OrderCreated', data: { ...created().data, review: 'required' } };

describe('An order at rest', () => {
  test.each<[string, OrderEvent[]]>([
    ['that is confirmed', [...HAPPY_PATH]],
    ['that is cancelled', [created(), EVENTS.declined, EVENTS.cancelled]],
    ['that is held', [held]],
  ])('%s is left alone', async (_, events) => {
    const orders = await new SweptOrders().given(events);
    expect(await orders.check()).toEqual({ atRest: true, findings: [] });
  });

  test('that is not there is left alone', async () => {
    expect(await new SweptOrders().check()).toEqual({ atRest: true, findings: [] });
  });
});

describe('An order on its way', () => {
  test('is looked at again while its saga runs', async () => {
    const orders = (await new SweptOrders().given([created()])).run(ORDER, 'RUNNING');
    expect(await orders.check()).toEqual({ atRest: false, findings: [] });
  });

  test('is looked at again while its last event is young', async () => {
    const orders = await new SweptOrders().given([created()]);
    orders.now -= 20 * MINUTE;
    expect(await orders.check()).toEqual({ atRest: false, findings: [] });
    expect(orders.executions.size).toBe(0);
  });
});

describe('An order whose goods are kept for a time', () => {
  const reserved: OrderEvent = {
    type: 'InventoryReserved',
    data: { lines: [], expiresAt: new Date(START + DAY).toISOString() },
  };
  const expired = { orderId: ORDER_ID, found: 'reservation_expired', repair: 'cancellation_requested' };

  test('is looked at again when that time is over', async () => {
    const orders = (await new SweptOrders().given([created(), reserved])).run(ORDER, 'RUNNING');
    expect(await orders.check()).toEqual({ atRest: false, findings: [], expiresAt: reserved.data.expiresAt });
  });

  test('is then cancelled while it is not paid, also when its saga runs', async () => {
    const orders = (await new SweptOrders().given([created(), reserved, EVENTS.authorised])).run(ORDER, 'RUNNING');
    orders.now = START + DAY;
    expect(await orders.check()).toEqual({ atRest: false, findings: [expired] });
    expect((await orders.log.read(ORDER_ID)).at(-1)).toMatchObject({
      type: 'CancellationRequested',
      data: { reason: 'reservation_expired', from: 'payment_completed' },
    });
    expect((await orders.check()).findings).toEqual([]);
  });

  test.each<[string, OrderEvent]>([
    ['once it is paid', EVENTS.captured],
    ['once its payment was declined', EVENTS.declined],
    ['while it is being cancelled', cancellation('payment_completed')],
  ])('is not cancelled for that %s', async (_, event) => {
    const orders = (await new SweptOrders().given([created(), reserved, event])).run(ORDER, 'RUNNING');
    orders.now = START + 2 * DAY;
    expect((await orders.check()).findings).toEqual([]);
    expect((await orders.types()).at(-1)).toBe(event.type);
  });
});

describe('A saga that never started is started', () => {
  test.each<[string, OrderEvent[], string, object]>([
    ['of a new order', [created()], ORDER, { orderId: ORDER_ID }],
    ['of an approved order', [held, { type: 'OrderApproved', data: {} }], ORDER, { orderId: ORDER_ID }],
    [
      'of an order that was cancelled first',
      [created(), cancellation('payment_completed')],
      ORDER,
      { orderId: ORDER_ID },
    ],
    [
      'of a confirmed order that is cancelled',
      [...HAPPY_PATH, cancellation('processing')],
      CANCELLATION,
      { orderId: ORDER_ID },
    ],
    ['of a change', [...HAPPY_PATH, changeRequested()], CHANGE, { orderId: ORDER_ID, changeId: CHANGE_ID }],
  ])('%s', async (_, events, execution, input) => {
    const orders = await new SweptOrders().given(events);
    const finding = { orderId: ORDER_ID, found: 'saga_not_started', repair: 'started' };
    expect(await orders.check()).toEqual({ atRest: false, findings: [finding] });
    expect([...orders.executions.keys()]).toEqual([execution]);
    expect(orders.inputs).toEqual([input]);
    expect(orders.findings).toEqual([finding]);
    expect((await orders.check()).findings).toEqual([]);
  });

  test('unless the order is too old for its customer to expect it', async () => {
    const orders = await new SweptOrders().given([created()]);
    orders.now += 25 * 60 * MINUTE;
    expect((await orders.check()).findings).toEqual([
      { orderId: ORDER_ID, found: 'saga_not_started', repair: 'task_opened' },
    ]);
    expect(orders.executions.size).toBe(0);
  });
});

describe('A saga that ended before its order did', () => {
  test.each(['FAILED', 'TIMED_OUT'] as const)('is started anew under another name when it is %s', async (status) => {
    const orders = (await new SweptOrders().given([created(), EVENTS.reserved])).run(ORDER, status);
    expect((await orders.check()).findings).toEqual([{ orderId: ORDER_ID, found: 'saga_ended', repair: 'started' }]);
    expect(orders.executions.get(`${ORDER}_r2`)).toBe('RUNNING');
  });

  test.each(['FAILED', 'TIMED_OUT', 'ABORTED', 'SUCCEEDED'] as const)(
    'is compensated by a saga of its own when the order was cancelled and it is %s, so that it does not stay `cancelling`',
    async (status) => {
      const events = [created(), EVENTS.reserved, EVENTS.authorised, cancellation('payment_completed')];
      const orders = (await new SweptOrders().given(events)).run(ORDER, status);
      await orders.check();
      expect(orders.executions.get(CANCELLATION)).toBe('RUNNING');
    },
  );

  test('is a person’s task when it had begun to compensate: from its beginning, it would leave out what is not undone', async () => {
    const events = [created(), EVENTS.reserved, EVENTS.authorised, EVENTS.released];
    const orders = (await new SweptOrders().given(events)).run(ORDER, 'FAILED');
    expect((await orders.check()).findings[0]?.repair).toBe('task_opened');
    const task = (await orders.log.read(ORDER_ID)).at(-1)!;
    expect([task.type, (task.data as TaskOpened['data']).kind]).toEqual(['TaskOpened', 'stuck']);
    orders.now += 60 * MINUTE;
    expect((await orders.check()).findings).toEqual([]);
  });

  test('is a person’s task when a person aborted it', async () => {
    const orders = (await new SweptOrders().given([created()])).run(ORDER, 'ABORTED');
    expect((await orders.check()).findings[0]?.repair).toBe('task_opened');
  });

  test('is a person’s task when a person aborted its cancellation', async () => {
    const orders = await new SweptOrders().given([...HAPPY_PATH, cancellation('processing')]);
    orders.run(CANCELLATION, 'ABORTED');
    expect((await orders.check()).findings[0]?.repair).toBe('task_opened');
  });

  test('is a person’s task after the third time, and goes on once more each time that the task is resumed', async () => {
    const orders = await new SweptOrders().given([created()]);
    for (const name of [ORDER, `${ORDER}_r2`, `${ORDER}_r3`]) orders.run(name, 'FAILED');
    expect((await orders.check()).findings[0]?.repair).toBe('task_opened');
    const { taskId } = (await orders.log.read(ORDER_ID)).at(-1)!.data as TaskOpened['data'];
    await orders.given([{ type: 'TaskResumed', data: { taskId, kind: 'stuck' } }]);
    orders.now += 60 * MINUTE;
    expect((await orders.check()).findings[0]?.repair).toBe('started');
    expect(orders.executions.get(`${ORDER}_r4`)).toBe('RUNNING');
    orders.run(`${ORDER}_r4`, 'FAILED');
    expect((await orders.check()).findings).toEqual([]);
  });
});

test('A refund that is not answered for hours is a person’s task, once', async () => {
  const orders = await new SweptOrders().given([...HAPPY_PATH, requested(100)]);
  expect(await orders.check()).toEqual({ atRest: false, findings: [] });
  orders.now += 7 * 60 * MINUTE;
  expect((await orders.check()).findings).toEqual([
    { orderId: ORDER_ID, found: 'refund_unanswered', repair: 'task_opened' },
  ]);
  expect(await orders.check()).toEqual({ atRest: true, findings: [] });
});

describe('A refund that failed and is nobody’s task, as before there were tasks', () => {
  test('is a person’s task, once', async () => {
    const orders = await new SweptOrders().given([...HAPPY_PATH, requested(100), failed()]);
    expect((await orders.check()).findings).toEqual([
      { orderId: ORDER_ID, found: 'refund_failed', repair: 'task_opened' },
    ]);
    expect((await orders.log.read(ORDER_ID)).at(-1)).toMatchObject({
      type: 'TaskOpened',
      data: { kind: 'refund', refundId: 'refund-1', error: 'gateway_unavailable' },
    });
    expect(await orders.check()).toEqual({ atRest: true, findings: [] });
  });

  test.each<[string, OrderEvent[]]>([
    ['was made after all', [paidBack(100)]],
    ['was requested again and made', [requested(100, [], 'refund-2'), paidBack(100, 'refund-2')]],
    ['was overtaken by a cancellation', [cancellation('processing'), EVENTS.refunded, EVENTS.cancelled]],
  ])('is left alone when it %s', async (_, later) => {
    const orders = await new SweptOrders().given([...HAPPY_PATH, requested(100), failed(), ...later]);
    expect(await orders.check()).toEqual({ atRest: true, findings: [] });
  });
});

test('A refund that a cancellation has overtaken is no task: until the payment went back, the cancellation is what is to be done', async () => {
  const overtaken = [...HAPPY_PATH, requested(100), cancellation('processing')];
  const orders = (await new SweptOrders().given(overtaken)).run(CANCELLATION, 'RUNNING');
  orders.now += 7 * 60 * MINUTE;
  expect(await orders.check()).toEqual({ atRest: false, findings: [] });
  await orders.given([EVENTS.refunded, EVENTS.cancelled]);
  expect((await orders.check()).findings).toMatchObject([{ found: 'refund_unanswered' }]);
});
