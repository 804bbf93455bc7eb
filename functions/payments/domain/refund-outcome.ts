import type { PaymentRefunded, RefundFailed, RefundRequested } from '../../published/order-events.ts';
import { failuresOf, type Payment, refundOf } from './payment.ts';

/**
 * The outcome of a refund, read from the payment as it is afterwards: when it is not there, it was refused, or never asked for. Undefined while
 * the channel has accepted it and the money is still to go back.
 * @param reason why it is not there. @default what the payment shows
 */
export function afterRefund(
  { refundId }: Pick<RefundRequested['data'], 'refundId'>,
  payment: Payment,
  reason: string = failuresOf(payment, refundId).at(-1)?.reason ??
    (payment.status === 'captured' || payment.status === 'refunded' ? 'not_enough_left' : 'nothing_captured'),
): PaymentRefunded | RefundFailed | undefined {
  const refund = refundOf(payment, refundId);
  if (refund?.isPending) return undefined;
  if (refund && 'paymentId' in payment) {
    return { type: 'PaymentRefunded', data: { paymentId: payment.paymentId, amount: refund.amount, refundId } };
  }
  return { type: 'RefundFailed', data: { refundId, reason } };
}
