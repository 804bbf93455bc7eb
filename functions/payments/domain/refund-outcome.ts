import type { PaymentRefunded, RefundFailed, RefundRequested } from '../../published/order-events.ts';
import { type Payment, refundOf } from './payment.ts';

/** Reads what a refund came to from the payment as it is afterwards: when it does not show there, the gateway refused it. */
export function afterRefund({ refundId }: RefundRequested['data'], payment: Payment): PaymentRefunded | RefundFailed {
  const refund = refundOf(payment, refundId);
  if (refund && 'paymentId' in payment) {
    return { type: 'PaymentRefunded', data: { paymentId: payment.paymentId, amount: refund.amount, refundId } };
  }
  const reason =
    payment.status === 'captured' || payment.status === 'refunded' ? 'not_enough_left' : 'nothing_captured';
  return { type: 'RefundFailed', data: { refundId, reason } };
}
