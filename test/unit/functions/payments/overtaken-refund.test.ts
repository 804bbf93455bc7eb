import { beforeEach, describe, expect, test, vi } from 'vitest';
import { PaymentGatewayUnavailable } from '../../../../functions/payments/domain/errors.ts';
import type { OrderEvent, RecordedOrderEvent } from '../../../../functions/published/order-events.ts';
import { money } from '../../../../functions/shared/kernel/money.ts';
import {
  COMES_AGAIN,
  FIRST,
  GONE,
  RefundedOrder,
  requested,
  SECOND,
  TOO_LATE,
  TOTAL,
} from '../../../support/orders/refunded-order.ts';
import { newEvent, ORDER_ID } from '../../../support/orders/streams.ts';

const { makeHandler } = await import('../../../../functions/payments/void-payment.ts');

const CANCELS: OrderEvent = {
  type: 'CancellationRequested',
  data: { reason: 'customer_request', from: 'processing' },
};

let order: RefundedOrder;
beforeEach(async () => {
  order = await RefundedOrder.confirmed();
});
const cancel = () => order.record(newEvent(CANCELS, 40));
const undo = () =>
  makeHandler({ gateways: { card: order.gateway }, log: order.log, now: () => TOO_LATE })({ orderId: ORDER_ID });
const movements = () => order.gateway.movements(ORDER_ID);
const ends = async () => (await order.events('PaymentRefunded', 'RefundFailed')).map(({ type, data }) => [type, data]);
const tasks = async () => (await order.events('TaskOpened', 'TaskResolved')).map(({ type }) => type);

const ALL = money(TOTAL.amount, 'CNY');
const paidBack = (amount: number, refundId?: string) => [
  'PaymentRefunded',
  { paymentId: `pay-${ORDER_ID}`, amount: money(amount, 'CNY'), ...(refundId === undefined ? {} : { refundId }) },
];
const failed = (refundId: string) => ['RefundFailed', { refundId, reason: 'order_cancelled' }];

describe('A refund that a cancellation has overtaken', () => {
  test.each([
    ['before the payment went back', async () => {}],
    ['after the payment went back', undo],
  ])('asks nobody for anything: its request comes %s', async (_, happens) => {
    const events = await order.record(requested());
    await cancel();
    await happens();
    const calls = (['find', 'refund'] as const).map((name) => vi.spyOn(order.gateway, name));
    for (const at of [undefined, TOO_LATE]) {
      expect(await order.consume(events, at === undefined ? {} : { at })).toEqual(GONE);
    }
    for (const call of calls) expect(call).not.toHaveBeenCalled();
    expect(await tasks()).toEqual([]);
  });

  test('ends with the cancellation, once, and is nobody’s task', async () => {
    const events = await order.record(requested(FIRST), requested(SECOND, 500));
    await cancel();
    await order.consume(events);
    expect(await ends()).toEqual([]);
    for (let time = 0; time < 2; time += 1) await undo();
    expect(await ends()).toEqual([paidBack(ALL.amount), failed(FIRST), failed(SECOND)]);
    expect(await order.consume(events)).toEqual(GONE);
    expect(await ends()).toHaveLength(3);
    expect(movements()).toEqual(['authorisation', 'capture', 'refund']);
    expect(await tasks()).toEqual([]);
  });

  test('was made when the gateway has made it without an answer, and the cancellation gives back the rest', async () => {
    const events = await order.record(requested(FIRST, 1_000));
    order.gateway.fates.plan('outcome unknown');
    expect(await order.consume(events)).toEqual(COMES_AGAIN);
    await cancel();
    expect(await order.consume(events)).toEqual(GONE);
    await undo();
    expect(await ends()).toEqual([paidBack(TOTAL.amount - 1_000), paidBack(1_000, FIRST)]);
  });

  test('was made before and stays as it was recorded', async () => {
    await order.consume(await order.record(requested(FIRST, 1_000)));
    await cancel();
    await undo();
    expect(await ends()).toEqual([paidBack(1_000, FIRST), paidBack(TOTAL.amount - 1_000)]);
  });

  test('had failed, and its task is resolved with the cancellation', async () => {
    order.gateway.fates.plan('not carried out');
    await order.consume(await order.record(requested()), { at: TOO_LATE });
    expect(await tasks()).toEqual(['TaskOpened']);
    await cancel();
    for (let time = 0; time < 2; time += 1) await undo();
    expect(await tasks()).toEqual(['TaskOpened', 'TaskResolved']);
    expect((await ends()).map(([type]) => type)).toEqual(['RefundFailed', 'PaymentRefunded']);
  });

  test('is refused by the gateway while its consumer had not seen the cancellation, and is nobody’s task', async () => {
    const events: RecordedOrderEvent[] = await order.record(requested());
    const ask = order.gateway.refund.bind(order.gateway);
    vi.spyOn(order.gateway, 'refund').mockImplementationOnce(async (...args) => {
      await cancel();
      await undo();
      return ask(...args);
    });
    expect(await order.consume(events)).toEqual(GONE);
    expect(await ends()).toEqual([paidBack(ALL.amount), failed(FIRST)]);
    expect(await tasks()).toEqual([]);
  });

  test('waits with the cancellation while the gateway is away', async () => {
    await order.record(requested());
    await cancel();
    vi.spyOn(order.gateway, 'find').mockRejectedValueOnce(new PaymentGatewayUnavailable(ORDER_ID));
    await expect(undo()).rejects.toMatchObject({ name: 'PaymentGatewayUnavailable' });
    expect(await ends()).toEqual([]);
    await undo();
    expect(await ends()).toEqual([paidBack(ALL.amount), failed(FIRST)]);
  });

  test('ends without a question when a person has seen to the payment', async () => {
    await order.record(requested());
    await cancel();
    const data = { taskId: FIRST, kind: 'compensation', step: 'VoidPayment', resolution: 'done_outside' } as const;
    await order.record(newEvent({ type: 'TaskResolved', data }, 50));
    await undo();
    expect(await ends()).toEqual([failed(FIRST)]);
    expect(movements()).toEqual(['authorisation', 'capture']);
  });
});
