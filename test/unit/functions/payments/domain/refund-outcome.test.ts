import { expect, test } from 'vitest';
import type { Payment } from '../../../../../functions/payments/domain/payment.ts';
import { afterRefund } from '../../../../../functions/payments/domain/refund-outcome.ts';
import { money } from '../../../../../functions/shared/kernel/money.ts';

const amount = money(4_500, 'CNY');
const asked = { refundId: 'r-1', amount, lines: [] };
const captured = { status: 'captured', paymentId: 'pay-1', amount } as const;
const done = { type: 'PaymentRefunded', data: { paymentId: 'pay-1', amount, refundId: 'r-1' } };
const failed = (reason: string) => ({ type: 'RefundFailed', data: { refundId: 'r-1', reason } });

test.each<[string, Payment, object | undefined]>([
  ['is there is made', { ...captured, refunds: [{ refundId: 'r-1', amount }] }, done],
  ['is accepted is waited for', { ...captured, refunds: [{ refundId: 'r-1', amount, isPending: true }] }, undefined],
  ['is not there has too little left', { ...captured, refunds: [] }, failed('not_enough_left')],
  ['is one of others has too little left', { ...captured, status: 'refunded', refunds: [] }, failed('not_enough_left')],
  ['has no capture is for nothing', { status: 'authorised', paymentId: 'pay-1', amount }, failed('nothing_captured')],
])('A refund that %s', (_, payment, outcome) => {
  expect(afterRefund(asked, payment)).toEqual(outcome);
});
