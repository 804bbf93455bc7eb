import { describe, expect, test } from '@jest/globals';
import type { Payment } from '../../../../../functions/payments/domain/payment.ts';
import { decideUndo, type Undo } from '../../../../../functions/payments/domain/undo-payment.ts';
import { money } from '../../../../../functions/shared/kernel/money.ts';

const amount = money(4_500, 'CNY');
const paymentId = 'pay-1';

describe('Undoing a payment', () => {
  test.each<[string, Payment, Undo]>([
    ['nothing is closed by a void, against a late authorisation', { status: 'none' }, { kind: 'void' }],
    ['a hold is voided', { status: 'authorised', paymentId, amount }, { kind: 'void' }],
    ['a capture is refunded in full', { status: 'captured', paymentId, amount }, { kind: 'refund', amount }],
    ['a void is a fact', { status: 'voided', paymentId }, { kind: 'done', fact: { type: 'PaymentVoided', data: { paymentId } } }],
    ['a refund is a fact', { status: 'refunded', paymentId, amount }, { kind: 'done', fact: { type: 'PaymentRefunded', data: { paymentId, amount } } }],
    ['a declined card needs nothing', { status: 'declined', declineCode: 'insufficient_funds' }, { kind: 'done' }],
    ['a closed payment needs nothing', { status: 'closed' }, { kind: 'done' }],
  ])('%s', (_, payment, undo) => {
    expect(decideUndo(payment)).toEqual(undo);
  });
});
