import { describe, expect, test } from 'vitest';
import {
  COMPENSATION,
  decideCompensation,
  type PaymentCompensation,
} from '../../../../../functions/payments/domain/compensate-payment.ts';
import type { Payment } from '../../../../../functions/payments/domain/payment.ts';
import { money } from '../../../../../functions/shared/kernel/money.ts';

const amount = money(4_500, 'CNY');
const rest = money(3_500, 'CNY');
const paymentId = 'pay-1';
/** An operator's refund of a part. */
const asked = { refundId: 'r-1', amount: money(1_000, 'CNY') };

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
      { kind: 'refund', amount },
    ],
    [
      'a capture of which a part was refunded: the rest',
      { status: 'captured', paymentId, amount, refunds: [asked] },
      { kind: 'refund', amount: rest },
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
    expect(decideCompensation(payment)).toEqual(compensation);
  });
});
