import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { Money } from '../../shared/kernel/money.ts';
import type { PaymentRefunded, PaymentVoided } from '../../shared/kernel/order-events.ts';
import type { Payment } from './payment.ts';

/** The next thing to do so that the customer ends with all of their money. */
export type Undo =
  | { readonly kind: 'void' }
  | { readonly kind: 'refund'; readonly amount: Money }
  /** Nothing is left to do; `fact` says what was done, unless there was nothing to undo. */
  | { readonly kind: 'done'; readonly fact?: PaymentVoided | PaymentRefunded };

/** Decides by what the gateway says, never by what we believe we did: an authorisation or a capture may have lost its answer. */
export function decideUndo(payment: Payment): Undo {
  switch (payment.status) {
    // A void of nothing closes the payment, so that an authorisation still on its way is refused.
    case 'none':
    case 'authorised':
      return { kind: 'void' };
    case 'captured':
      return { kind: 'refund', amount: payment.amount };
    case 'voided':
      return { kind: 'done', fact: { type: 'PaymentVoided', data: { paymentId: payment.paymentId } } };
    case 'refunded':
      return { kind: 'done', fact: { type: 'PaymentRefunded', data: { paymentId: payment.paymentId, amount: payment.amount } } };
    case 'declined':
    case 'closed':
      return { kind: 'done' };
    default:
      return assertNever(payment);
  }
}
