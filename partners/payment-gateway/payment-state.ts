/** What a payment is, folded from the entries of the ledger under its key. */
import type { Entry } from '../shared/ledger.ts';
import type { Payment, PaymentMovement, Tombstone } from './protocol.ts';

export const isTombstone = (payment: Payment | Tombstone): payment is Tombstone => payment.paymentId === undefined;

/** The payment after one more entry of the ledger. */
export function evolve(before: Payment | Tombstone | undefined, entry: Entry<PaymentMovement>): Payment | Tombstone {
  if (!('paymentId' in entry)) return { status: 'voided' };
  const { paymentId, currency } = entry;
  const payment = before && !isTombstone(before) ? before : undefined;
  const base = { paymentId, currency, amount: payment?.amount ?? entry.amount };
  switch (entry.kind) {
    case 'challenge':
      return { ...base, status: 'requires_action' };
    case 'authorisation':
      return { ...base, amount: entry.amount, status: 'authorised' };
    case 'expiry':
      return { ...base, status: 'expired' };
    case 'adjustment':
      return { ...base, amount: entry.amount, status: 'authorised' };
    case 'decline':
      // A declined adjustment or renewal leaves the payment as it was.
      return payment && payment.status !== 'requires_action'
        ? payment
        : { ...base, status: 'declined', declineCode: entry.declineCode };
    case 'void':
      return { ...base, status: 'voided' };
    case 'capture':
      return { ...base, status: 'captured', capturedAmount: entry.amount, refundedAmount: 0, refunds: [] };
    case 'refund': {
      const taken = payment?.status === 'captured' ? payment : { capturedAmount: 0, refundedAmount: 0, refunds: [] };
      const refundedAmount = taken.refundedAmount + entry.amount;
      const refunds = [...taken.refunds, { refundKey: entry.refundKey, amount: entry.amount }];
      const status = refundedAmount === taken.capturedAmount ? 'refunded' : 'captured';
      return { ...base, status, capturedAmount: taken.capturedAmount, refundedAmount, refunds };
    }
  }
}
