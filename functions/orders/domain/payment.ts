/** What becomes of the money of an order by what its events tell. */
import type { PaymentRefunded } from '../../published/order-events.ts';
import { add, type Money } from '../../shared/kernel/money.ts';
import type { Payment } from './state.ts';

/** Only what came in before the payment is complete is of interest: the rest is still to come. */
export const withReceived = (payment: Payment, amount: Money): Payment =>
  payment.status !== 'pending' || (payment.received ?? amount).currency !== amount.currency
    ? payment
    : { ...payment, received: payment.received ? add(payment.received, amount) : amount };

/** A refund can be the first sign of a capture whose answer was lost. */
export function afterRefund(payment: Payment, { paymentId, amount }: PaymentRefunded['data']): Payment {
  if (payment.status !== 'captured' && payment.status !== 'refunded') {
    return { status: 'refunded', paymentId, amount, refunded: amount };
  }
  const refunded = add(payment.refunded, amount);
  const all = refunded.amount >= payment.amount.amount;
  return { status: all ? 'refunded' : 'captured', paymentId, amount: payment.amount, refunded };
}
