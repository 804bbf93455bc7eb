import { beforeEach, describe, expect, test } from 'vitest';
import { PaymentRequestRefused } from '../../../../functions/payments/domain/errors.ts';
import type { RecordedOrderEvent } from '../../../../functions/published/order-events.ts';
import { money } from '../../../../functions/shared/kernel/money.ts';
import { CircuitOpen } from '../../../../functions/shared/outbound/errors.ts';
import { dyingBeforeAppend } from '../../../support/fakes/failing-log.ts';
import { InMemoryPaymentGateway } from '../../../support/fakes/in-memory-payment-gateway.ts';
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
import { ORDER_ID } from '../../../support/orders/streams.ts';

let order: RefundedOrder;
beforeEach(async () => {
  order = await RefundedOrder.confirmed();
});
const answers = () => order.events('PaymentRefunded', 'RefundFailed');

describe('A refund that was asked for', () => {
  test('is given back, and recorded as the request has caused it', async () => {
    const events = await order.record(requested());
    expect(await order.consume(events)).toEqual(GONE);
    expect(await answers()).toEqual([
      expect.objectContaining({
        type: 'PaymentRefunded',
        data: { paymentId: `pay-${ORDER_ID}`, amount: money(1_000, 'CNY'), refundId: FIRST },
        causationId: events[0]!.eventId,
        actor: { type: 'system', id: 'RefundPayment' },
      }),
    ]);
    expect(await order.gateway.find(ORDER_ID)).toMatchObject({
      status: 'captured',
      refunds: [{ refundId: FIRST, amount: money(1_000, 'CNY') }],
    });
  });

  test('is given back once, however often the event comes and wherever the function dies', async () => {
    const events = await order.record(requested());
    expect(await order.consume(events, { over: dyingBeforeAppend(order.log) })).toEqual(COMES_AGAIN);
    expect(await order.consume([...events, ...events])).toEqual(GONE);
    expect(await order.consume(events)).toEqual(GONE);
    expect(order.gateway.movements(ORDER_ID)).toEqual(['authorisation', 'capture', 'refund']);
    expect(await answers()).toHaveLength(1);
  });

  test('is one of several, each with a fact of its own', async () => {
    const events = await order.record(requested(FIRST, 1_000), requested(SECOND, TOTAL.amount - 1_000));
    expect(await order.consume(events)).toEqual(GONE);
    expect(await order.gateway.find(ORDER_ID)).toMatchObject({ status: 'refunded' });
    expect((await answers()).map(({ data }) => (data as { amount: unknown }).amount)).toEqual(
      expect.arrayContaining([money(1_000, 'CNY'), money(TOTAL.amount - 1_000, 'CNY')]),
    );
  });

  test('of more than is left fails for good, and is not tried again', async () => {
    const events = await order.record(requested(FIRST, TOTAL.amount + 1));
    expect(await order.consume(events)).toEqual(GONE);
    expect(await answers()).toEqual([
      expect.objectContaining({ type: 'RefundFailed', data: { refundId: FIRST, reason: 'not_enough_left' } }),
    ]);
    expect(await order.consume(events)).toEqual(GONE);
    expect(await answers()).toHaveLength(1);
  });

  test('of money that the gateway never took fails for good', async () => {
    order.gateway = new InMemoryPaymentGateway();
    expect(await order.consume(await order.record(requested()))).toEqual(GONE);
    expect(await answers()).toEqual([
      expect.objectContaining({ type: 'RefundFailed', data: { refundId: FIRST, reason: 'nothing_captured' } }),
    ]);
  });

  test.each(['not carried out', 'outcome unknown'] as const)(
    'comes again when it is %s, and is then settled',
    async (fate) => {
      const events = await order.record(requested());
      order.gateway.fates.plan(fate);
      expect(await order.consume(events)).toEqual(COMES_AGAIN);
      expect(await answers()).toEqual([]);
      expect(await order.consume(events)).toEqual(GONE);
      expect(order.gateway.movements(ORDER_ID)).toEqual(['authorisation', 'capture', 'refund']);
    },
  );

  test('is put off further with each attempt that fails', async () => {
    const events = await order.record(requested());
    order.gateway.fates.plan('not carried out', 'outcome unknown');
    await order.consume(events);
    await order.consume(events, { attempt: 2 });
    await order.consume(events, { attempt: 3 });
    expect(order.putOff).toEqual([
      ['receipt-0', 1],
      ['receipt-0', 2],
    ]);
  });

  test('fails when the gateway has done nothing to the last attempt, and is not tried again', async () => {
    const events = await order.record(requested());
    order.gateway.fates.plan('not carried out');
    expect(await order.consume(events, { at: TOO_LATE })).toEqual(GONE);
    expect(await answers()).toEqual([
      expect.objectContaining({ type: 'RefundFailed', data: { refundId: FIRST, reason: 'gateway_unavailable' } }),
    ]);
    expect(await order.consume(events)).toEqual(GONE);
    expect(order.gateway.movements(ORDER_ID)).toEqual(['authorisation', 'capture']);
  });

  test('that an earlier attempt has made is made, whatever the gateway answers to the last one', async () => {
    const events = await order.record(requested());
    order.gateway.fates.plan('outcome unknown', 'not carried out');
    await order.consume(events);
    expect(await order.consume(events, { at: TOO_LATE })).toEqual(GONE);
    expect((await answers()).map(({ type }) => type)).toEqual(['PaymentRefunded']);
  });

  test('with an unknown outcome has not failed after the last attempt either', async () => {
    const events = await order.record(requested());
    order.gateway.fates.plan('outcome unknown');
    expect(await order.consume(events, { at: TOO_LATE })).toEqual(COMES_AGAIN);
    expect(await answers()).toEqual([]);
    expect(await order.consume(events, { at: TOO_LATE })).toEqual(GONE);
    expect((await answers()).map(({ type }) => type)).toEqual(['PaymentRefunded']);
  });

  test('is refused at once by a gateway that does not take the request as it is', async () => {
    const events = await order.record(requested());
    order.gateway.refund = async () => {
      throw new PaymentRequestRefused(ORDER_ID, 422);
    };
    expect(await order.consume(events)).toEqual(GONE);
    expect((await answers()).map(({ data }) => data)).toEqual([{ refundId: FIRST, reason: 'request_refused' }]);
  });

  test.each([1, 30, 70])(
    'is tried again for hours while the circuit of the gateway is open: attempt %i',
    async (attempt) => {
      const events = await order.record(requested());
      const back = order.gateway.refund.bind(order.gateway);
      order.gateway.refund = async () => {
        throw new CircuitOpen('payment-gateway');
      };
      expect(await order.consume(events, { attempt, at: TOO_LATE - 1 })).toEqual(COMES_AGAIN);
      expect(await answers()).toEqual([]);
      order.gateway.refund = back;
      expect(await order.consume(events, { attempt: attempt + 1 })).toEqual(GONE);
      expect((await answers()).map(({ type }) => type)).toEqual(['PaymentRefunded']);
    },
  );

  test('that the stream does not hold goes back to the queue, and in the end to a person', async () => {
    const { length } = await order.log.read(ORDER_ID);
    const event: RecordedOrderEvent = { ...requested(SECOND), orderId: ORDER_ID, version: length + 1 };
    expect(await order.consume([event])).toEqual(COMES_AGAIN);
    expect(order.gateway.movements(ORDER_ID)).toEqual(['authorisation', 'capture']);
  });
});
