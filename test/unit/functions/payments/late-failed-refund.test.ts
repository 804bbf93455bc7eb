import { beforeEach, describe, expect, test, vi } from 'vitest';
import { PaymentGatewayUnavailable } from '../../../../functions/payments/domain/errors.ts';
import { money } from '../../../../functions/shared/kernel/money.ts';
import { delivered, shipped } from '../../../support/orders/persons.ts';
import { COMES_AGAIN, FIRST, GONE, requested, SECOND, TOTAL } from '../../../support/orders/refunded-order.ts';
import { EVENTS, newEvent, ORDER_ID } from '../../../support/orders/streams.ts';
import { LateFailures } from '../../../support/payments/late-failures.ts';

let late: LateFailures;
beforeEach(async () => {
  late = await LateFailures.confirmed();
});

const ofRefund = { kind: 'refund', refundId: FIRST } as const;

describe('A refund that was made and fails later', () => {
  test('is in the history once, and a person’s task, however often and however it is told', async () => {
    await late.refund();
    late.failLater();
    expect(await late.tell()).toEqual(GONE);
    expect(await late.tell()).toEqual(GONE);
    expect(await late.said()).toEqual(['PaymentRefunded', 'RefundFailed', 'TaskOpened refund']);
    const [made, failure] = await late.order.events('PaymentRefunded', 'RefundFailed');
    expect(failure).toMatchObject({
      data: { refundId: FIRST, reason: 'expired_or_canceled_card', reversed: money(1_000, 'CNY') },
      causationId: made!.eventId,
    });
  });

  test('shows the order as not refunded, and its amount can be refunded again', async () => {
    await late.order.record(newEvent(shipped, 30), newEvent(delivered, 31));
    await late.refund(FIRST, TOTAL.amount);
    expect(await late.folded()).toMatchObject({ status: 'refunded', payment: { status: 'refunded' } });
    late.failLater();
    await late.tell();
    const now = await late.folded();
    expect(now).toMatchObject({
      status: 'delivered',
      payment: { status: 'captured', refunded: { amount: 0 } },
      refunds: [{ status: 'failed' }],
    });
    expect(now).not.toHaveProperty('before');
  });

  test.each([
    ['before the goods leave', []],
    ['after they have left', [shipped, delivered]],
  ])('has its money at the channel again, and the books balance: %s', async (_, events) => {
    await late.order.record(...events.map((event, at) => newEvent(event, 30 + at)));
    const before = await late.balances();
    await late.refund();
    expect(await late.balances()).toMatchObject({ 'channel/card': TOTAL.amount - 1_000, clearing: 0 });
    late.failLater();
    await late.tell();
    expect(await late.balances()).toEqual(before);
    expect(await late.broken()).toEqual([]);
    await late.order.consume(await late.resume(ofRefund));
    expect(await late.balances()).toMatchObject({ 'channel/card': TOTAL.amount - 1_000, clearing: 0 });
    expect(await late.broken()).toEqual([]);
  });

  test('is made again when a person wants it, and fails again when it does', async () => {
    await late.refund();
    late.failLater();
    await late.tell();
    const resumed = await late.resume(ofRefund);
    expect([await late.order.consume(resumed), await late.order.consume(resumed)]).toEqual([GONE, GONE]);
    expect(late.order.gateway.movements(ORDER_ID)).toEqual([
      'authorisation',
      'capture',
      'refund',
      'refund-failed',
      'refund',
    ]);
    const once = ['PaymentRefunded', 'RefundFailed', 'TaskOpened refund', 'PaymentRefunded', 'TaskResolved refund'];
    expect(await late.said()).toEqual(once);
    expect((await late.folded()).payment).toMatchObject({ refunded: { amount: 1_000 } });
    expect(await late.tell()).toEqual(GONE);
    expect(await late.said()).toEqual(once);

    late.failLater();
    await late.tell();
    await late.order.consume(await late.resume(ofRefund));
    expect(await late.said()).toEqual([...once, ...once.slice(1)]);
    expect(await late.broken()).toEqual([]);
  });

  test('is not made again by its request, which comes once more', async () => {
    const events = await late.order.record(requested());
    await late.order.consume(events);
    late.failLater();
    await late.order.consume(events);
    await late.tell();
    await late.order.consume(events);
    expect(late.order.gateway.movements(ORDER_ID)).toEqual(['authorisation', 'capture', 'refund', 'refund-failed']);
  });

  test('is given to nobody twice when it was requested again and made', async () => {
    await late.refund();
    late.failLater();
    await late.tell();
    await late.refund(SECOND);
    expect(await late.said()).toEqual([
      'PaymentRefunded',
      'RefundFailed',
      'TaskOpened refund',
      'PaymentRefunded',
      'TaskResolved refund',
    ]);
    expect((await late.folded()).payment).toMatchObject({ refunded: { amount: 1_000 } });
  });

  test('is in suspense when a person has given the money back outside', async () => {
    await late.refund();
    late.failLater();
    await late.tell();
    const data = { ...ofRefund, taskId: await late.lastTask(), resolution: 'done_outside' } as const;
    await late.order.record(newEvent({ type: 'TaskResolved', data }, 200));
    expect(await late.balances()).toMatchObject({ 'channel/card': TOTAL.amount, clearing: 0, suspense: -1_000 });
    expect(await late.broken()).toEqual(['NothingInSuspense']);
  });

  test('is given back once when a person has done it outside, and the order is cancelled after that', async () => {
    await late.refund();
    late.failLater();
    await late.tell();
    const data = { ...ofRefund, taskId: await late.lastTask(), resolution: 'done_outside' } as const;
    const cancelled = { reason: 'customer_request', from: 'processing' } as const;
    await late.order.record(
      newEvent({ type: 'TaskResolved', data }, 200),
      newEvent({ type: 'CancellationRequested', data: cancelled }, 201),
    );
    for (let time = 0; time < 2; time += 1) await late.undo();
    await late.order.record(newEvent(EVENTS.released, 202), newEvent(EVENTS.cancelled, 203));
    const refunds = (await late.order.gateway.find(ORDER_ID)) as { refunds: readonly object[] };
    expect(refunds.refunds).toMatchObject([{ amount: { amount: TOTAL.amount - 1_000 } }]);
    expect(await late.balances()).toMatchObject({ 'channel/card': 1_000, clearing: 0, suspense: -1_000 });
    expect(await late.broken()).toEqual(['NothingInSuspense']);
  });

  test('is noticed although the notification comes between its answer and its record', async () => {
    const events = await late.order.record(requested());
    const ask = late.order.gateway.refund.bind(late.order.gateway);
    vi.spyOn(late.order.gateway, 'refund').mockImplementationOnce(async (...args) => {
      const payment = await ask(...args);
      late.failLater();
      await late.tell();
      return payment;
    });
    expect(await late.order.consume(events)).toEqual(COMES_AGAIN);
    expect(await late.order.consume(events)).toEqual(GONE);
    expect(await late.said()).toEqual(['RefundFailed', 'TaskOpened refund']);
    expect(await late.broken()).toEqual([]);
  });

  test('is noticed after the gateway was away, and while nothing has failed nobody is called', async () => {
    await late.refund();
    expect(await late.tell()).toEqual(GONE);
    expect(await late.said()).toEqual(['PaymentRefunded']);
    late.failLater();
    vi.spyOn(late.order.gateway, 'find').mockRejectedValueOnce(new PaymentGatewayUnavailable(ORDER_ID));
    expect(await late.tell()).toEqual(COMES_AGAIN);
    expect(await late.said()).toEqual(['PaymentRefunded', 'RefundFailed', 'TaskOpened refund']);
  });

  test('is not believed to have failed when the channel only does not show it', async () => {
    await late.refund();
    const shown = await late.order.gateway.find(ORDER_ID);
    vi.spyOn(late.order.gateway, 'find').mockResolvedValue({ ...shown, status: 'captured', refunds: [] } as never);
    expect(await late.tell()).toEqual(GONE);
    expect(await late.said()).toEqual(['PaymentRefunded']);
  });
});
