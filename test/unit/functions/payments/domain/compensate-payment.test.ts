import { describe, expect, test } from 'vitest';
import {
  decideCompensation,
  type PaymentCompensation,
} from '../../../../../functions/payments/domain/compensate-payment.ts';
import { COMPENSATION } from '../../../../../functions/payments/domain/compensation-ids.ts';
import type { Payment } from '../../../../../functions/payments/domain/payment.ts';
import type { OrderEvent } from '../../../../../functions/published/order-events.ts';
import { type Money, money } from '../../../../../functions/shared/kernel/money.ts';
import { created, EVENTS, streamOf } from '../../../../support/orders/streams.ts';

const amount = money(4_500, 'CNY');
const rest = money(3_500, 'CNY');
const paymentId = 'pay-1';
/** An operator's refund of a part. */
const asked = { refundId: 'r-1', amount: money(1_000, 'CNY') };

const requestOf = (refund: { readonly refundId: string; readonly amount: Money }): OrderEvent => ({
  type: 'RefundRequested',
  data: { ...refund, lines: [] },
});
/** Both refunds were requested, and neither is on record as made. */
const stream = streamOf([created(), requestOf(asked), requestOf({ refundId: 'r-2', amount: rest })]);

describe('Compensating a payment', () => {
  test.each<[string, Payment, PaymentCompensation]>([
    ['nothing is closed by a void, against a late authorisation', { status: 'none' }, { kind: 'void' }],
    ['an authorisation is voided', { status: 'authorised', paymentId, amount }, { kind: 'void' }],
    ['a payment on its way is voided', { status: 'pending', amount }, { kind: 'void' }],
    ['an authorisation that has expired is voided', { status: 'expired', paymentId, amount }, { kind: 'void' }],
    [
      'a capture of which all goes back already is waited for',
      { status: 'captured', paymentId, amount, refunds: [asked, { refundId: 'r-2', amount: rest }] },
      { kind: 'wait' },
    ],
    [
      'a capture is refunded in full',
      { status: 'captured', paymentId, amount, refunds: [] },
      { kind: 'refund', refundId: COMPENSATION, amount, isAgain: false },
    ],
    [
      'a capture of which a part was refunded: the rest',
      { status: 'captured', paymentId, amount, refunds: [asked] },
      { kind: 'refund', refundId: COMPENSATION, amount: rest, isAgain: false },
    ],
    [
      'a void is a fact',
      { status: 'voided', paymentId },
      { kind: 'done', fact: { type: 'PaymentVoided', data: { paymentId } } },
    ],
    [
      'a refund of all is a fact',
      { status: 'refunded', paymentId, amount, refunds: [{ refundId: COMPENSATION, amount }] },
      { kind: 'done', fact: { type: 'PaymentRefunded', data: { paymentId, amount } } },
    ],
    [
      'a refund of the rest is a fact of that amount',
      { status: 'refunded', paymentId, amount, refunds: [asked, { refundId: COMPENSATION, amount: rest }] },
      { kind: 'done', fact: { type: 'PaymentRefunded', data: { paymentId, amount: rest } } },
    ],
    [
      'refunds that others asked for are their facts',
      { status: 'refunded', paymentId, amount, refunds: [asked, { refundId: 'r-2', amount: rest }] },
      { kind: 'done' },
    ],
    ['a declined card needs nothing', { status: 'declined', declineCode: 'insufficient_funds' }, { kind: 'done' }],
    ['a closed payment needs nothing', { status: 'closed' }, { kind: 'done' }],
  ])('%s', (_, payment, compensation) => {
    expect(decideCompensation(payment, stream)).toEqual(compensation);
  });
});

describe('The refund of a cancelled order that has failed', () => {
  const failed = [{ refundId: COMPENSATION, amount, reason: 'expired_or_canceled_card' }];
  const captured: Payment = { status: 'captured', paymentId, amount, refunds: [], failed };
  const said: OrderEvent = { type: 'RefundFailed', data: { refundId: COMPENSATION, reason: failed[0]!.reason } };
  const resumed: OrderEvent = {
    type: 'TaskResumed',
    data: { taskId: 't-1', kind: 'compensation', step: 'VoidPayment' },
  };
  const decide = (payment: Payment, ...events: readonly OrderEvent[]) =>
    decideCompensation(payment, streamOf([created(), EVENTS.cancelled, ...events]));
  const isAgain = { kind: 'refund', refundId: COMPENSATION, amount, isAgain: true };

  test('is recorded, and is not made anew by itself', () => {
    expect(decide(captured)).toEqual({ kind: 'failed', reason: failed[0]!.reason, fact: said });
    expect(decide(captured, said)).toEqual({ kind: 'failed', reason: failed[0]!.reason });
    expect(decide(captured, resumed, said)).toEqual({ kind: 'failed', reason: failed[0]!.reason });
  });

  test('is made anew once for each time that a person wants it', () => {
    expect(decide(captured, said, resumed)).toEqual(isAgain);
    const twice: Payment = { ...captured, failed: [...failed, ...failed] };
    expect(decide(twice, said, resumed)).toEqual({ kind: 'failed', reason: failed[0]!.reason, fact: said });
    expect(decide(twice, said, resumed, said)).toEqual({ kind: 'failed', reason: failed[0]!.reason });
    expect(decide(twice, said, resumed, said, resumed)).toEqual(isAgain);
  });

  test('is not made anew by a task about something else', () => {
    const other: OrderEvent = {
      type: 'TaskResumed',
      data: { taskId: 't-2', kind: 'compensation', step: 'CancelShipment' },
    };
    expect(decide(captured, said, other)).toMatchObject({ kind: 'failed' });
  });

  test('is left to the staff of a channel that can still have it made', () => {
    const abnormal: Payment = { ...captured, failed: [{ ...failed[0]!, isOpen: true }] };
    expect(decide(abnormal, said, resumed)).toEqual({ kind: 'failed', reason: failed[0]!.reason });
  });

  test('is a fact when a person has made it at the channel itself', () => {
    const byHand: Payment = { status: 'refunded', paymentId, amount, refunds: [{ refundId: 're_1', amount }], failed };
    const fact = { type: 'PaymentRefunded', data: { paymentId, amount } } as const;
    expect(decide(byHand)).toEqual({ kind: 'done', fact });
    expect(decide(byHand, said, resumed)).toEqual({ kind: 'done', fact });
    expect(decide(byHand, said, resumed, fact)).toEqual({ kind: 'done' });
  });

  test('is followed by another one when a refund that had been requested has failed after it was made', () => {
    const made: OrderEvent = { type: 'PaymentRefunded', data: { paymentId, amount: rest } };
    const payment: Payment = {
      ...captured,
      refunds: [{ refundId: COMPENSATION, amount: rest }],
      failed: [{ ...asked, reason: 'expired_or_canceled_card' }],
    };
    const second = `${COMPENSATION}-2`;
    expect(decide(payment, requestOf(asked), made)).toEqual({
      kind: 'refund',
      refundId: second,
      amount: asked.amount,
      isAgain: false,
    });
    const all: Payment = {
      ...payment,
      status: 'refunded',
      refunds: [...payment.refunds, { ...asked, refundId: second }],
    };
    expect(decide(all, requestOf(asked), made)).toEqual({
      kind: 'done',
      fact: { type: 'PaymentRefunded', data: { paymentId, amount: asked.amount } },
    });
  });
});

describe('Compensating a payment of which a person has given a part back outside', () => {
  const failed = { refundId: asked.refundId, amount: asked.amount, reason: 'closed' };
  const settled = (resolution: 'done_outside' | 'written_off', ...more: OrderEvent[]) =>
    streamOf([
      created(),
      requestOf(asked),
      { type: 'RefundFailed', data: { refundId: asked.refundId, reason: 'closed' } },
      { type: 'TaskResolved', data: { taskId: 't-1', kind: 'refund', refundId: asked.refundId, resolution } },
      ...more,
    ]);
  const captured = (...refunds: { refundId: string; amount: Money; isPending?: true }[]): Payment => ({
    status: 'captured',
    paymentId,
    amount,
    refunds,
    failed: [failed],
  });
  const compensation = { refundId: COMPENSATION, amount: rest };

  test('refunds the rest alone', () => {
    const next = { kind: 'refund', refundId: COMPENSATION, amount: rest, isAgain: false };
    expect(decideCompensation(captured(), settled('done_outside'))).toEqual(next);
  });

  test('is done when the rest went back, and not before', () => {
    const pending = captured({ ...compensation, isPending: true });
    expect(decideCompensation(pending, settled('done_outside'))).toEqual({ kind: 'wait' });
    const fact = { type: 'PaymentRefunded', data: { paymentId, amount: rest } } as const;
    expect(decideCompensation(captured(compensation), settled('done_outside'))).toEqual({ kind: 'done', fact });
    expect(decideCompensation(captured(compensation), settled('done_outside', fact))).toEqual({ kind: 'done' });
  });

  test('does not count twice what was refunded at the channel itself, which is not left there', () => {
    const atChannel = { refundId: 're_1', amount: asked.amount };
    const next = { kind: 'refund', refundId: COMPENSATION, amount: rest, isAgain: false };
    expect(decideCompensation(captured(atChannel), settled('done_outside'))).toEqual(next);
  });

  test('gives all of it back when that part was written off, or was refunded by us after all', () => {
    const all = { kind: 'refund', refundId: COMPENSATION, amount, isAgain: false };
    expect(decideCompensation(captured(), settled('written_off'))).toEqual(all);
    const made = {
      type: 'PaymentRefunded',
      data: { paymentId, amount: asked.amount, refundId: asked.refundId },
    } as const;
    const next = decideCompensation(captured(asked), settled('done_outside', made));
    expect(next).toEqual({ kind: 'refund', refundId: COMPENSATION, amount: rest, isAgain: false });
  });
});
