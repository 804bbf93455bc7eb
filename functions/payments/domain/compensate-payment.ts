import type { PaymentRefunded, PaymentVoided } from '../../published/order-events.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { Money } from '../../shared/kernel/money.ts';
import { leftOf, type Payment, refundOf } from './payment.ts';

/** The id of the refund that compensates a capture. There is one at most: it refunds everything that is left. */
export const COMPENSATION = 'saga-compensation';

/** The next thing to do so that the customer gets all of their money back. */
export type PaymentCompensation =
  | { readonly kind: 'void' }
  | { readonly kind: 'refund'; readonly amount: Money }
  /** A refund is on its way: the channel is asked again later. */
  | { readonly kind: 'wait' }
  /** Nothing is left to do; `fact` says what was done, unless there was nothing to compensate. */
  | { readonly kind: 'done'; readonly fact?: PaymentVoided | PaymentRefunded };

/** Decides by what the gateway says, never by what the stream says: an authorisation or a capture may have lost its answer. */
export function decideCompensation(payment: Payment): PaymentCompensation {
  switch (payment.status) {
    // A void of nothing closes the payment, so that an authorisation still on its way is refused.
    case 'none':
    case 'pending':
    case 'authorised':
    case 'expired':
      return { kind: 'void' };
    case 'captured':
      return leftOf(payment).amount > 0 ? { kind: 'refund', amount: leftOf(payment) } : { kind: 'wait' };
    case 'voided':
      return { kind: 'done', fact: { type: 'PaymentVoided', data: { paymentId: payment.paymentId } } };
    case 'refunded': {
      // Refunds that an operator requested are facts of their own: this one is what was left for the compensation, if anything.
      const refund = refundOf(payment, COMPENSATION);
      return refund
        ? {
            kind: 'done',
            fact: { type: 'PaymentRefunded', data: { paymentId: payment.paymentId, amount: refund.amount } },
          }
        : { kind: 'done' };
    }
    case 'declined':
    case 'closed':
      return { kind: 'done' };
    default:
      return assertNever(payment);
  }
}
