/** What becomes of the money of an order by what its events tell. */
import type {
  PaymentRefunded,
  RefundRequested,
  TaskResolved,
  TaskResumed,
  TransferReturned,
} from '../../published/order-events.ts';
import { add, type Money, money } from '../../shared/kernel/money.ts';
import type { CapturedPayment, ExistingOrder, Payment, Refund } from './state.ts';

/** Only what came in before the payment is complete is of interest: the rest is still to come. */
export const withReceived = (payment: Payment, amount: Money): Payment =>
  payment.status !== 'pending' || (payment.received ?? amount).currency !== amount.currency
    ? payment
    : { ...payment, received: payment.received ? add(payment.received, amount) : amount };

/** What the platform gives back never counted. What somebody gives back at the bank itself may have. */
export function withReturned(payment: Payment, { amount, atChannel }: TransferReturned['data']): Payment {
  if (payment.status !== 'pending' || atChannel === undefined) return payment;
  const { received, ...rest } = payment;
  if (received?.currency !== amount.currency) return payment;
  const left = money(received.amount - amount.amount, amount.currency);
  return left.amount > 0 ? { ...rest, received: left } : rest;
}

/** A refund can be the first sign of a capture whose answer was lost. */
export function afterRefund(payment: Payment, { paymentId, amount }: PaymentRefunded['data']): Payment {
  if (payment.status !== 'captured' && payment.status !== 'refunded') {
    return { status: 'refunded', paymentId, amount, refunded: amount };
  }
  const refunded = add(payment.refunded, amount);
  const all = refunded.amount >= payment.amount.amount;
  return { status: all ? 'refunded' : 'captured', paymentId, amount: payment.amount, refunded };
}

export const requestedRefund = ({ refundId, amount, lines, restockingFee }: RefundRequested['data']): Refund => ({
  refundId,
  status: 'requested',
  amount,
  lines,
  ...(restockingFee === undefined ? {} : { restockingFee }),
});

export const withRefund = (
  order: ExistingOrder,
  refundId: string | undefined,
  status: Refund['status'],
): ExistingOrder => changed(order, refundId, ({ outside: _, ...refund }) => ({ ...refund, status }));

/** It was not made: what a person has made outside meanwhile stays so. */
export const withFailedRefund = (order: ExistingOrder, refundId: string): ExistingOrder =>
  changed(order, refundId, (refund) => (refund.outside ? refund : { ...refund, status: 'failed' }));

/** A person has a refund that has failed tried again: until that ends, its money is promised as it was at first. */
export const withRefundTriedAgain = (order: ExistingOrder, { kind, refundId }: TaskResumed['data']): ExistingOrder =>
  kind === 'refund'
    ? changed(order, refundId, (refund) => (refund.status === 'failed' ? { ...refund, status: 'requested' } : refund))
    : order;

/** The task of a refund that has failed is over: a person has made it outside of the platform, or it is not to be made any more. */
export const withRefundSettled = (
  order: ExistingOrder,
  { kind, resolution, refundId }: TaskResolved['data'],
): ExistingOrder =>
  kind === 'refund'
    ? changed(order, refundId, (refund) => {
        if (refund.status === 'refunded') return refund;
        return resolution === 'done_outside'
          ? { ...refund, status: 'refunded', outside: true }
          : { ...refund, status: 'failed' };
      })
    : order;

const changed = (
  order: ExistingOrder,
  refundId: string | undefined,
  change: (refund: Refund) => Refund,
): ExistingOrder => ({
  ...order,
  refunds: order.refunds.map((refund) => (refund.refundId === refundId ? change(refund) : refund)),
});

/**
 * A refund that had been made has failed since: what it gave back is at the channel again, and an order that was refunded as a whole is what it was
 * before.
 */
export function withReversal(order: ExistingOrder, reversed: Money): ExistingOrder {
  const { payment } = order;
  if (payment.status !== 'captured' && payment.status !== 'refunded') return order;
  const refunded = money(payment.refunded.amount - reversed.amount, reversed.currency);
  const captured: CapturedPayment = {
    status: 'captured',
    paymentId: payment.paymentId,
    amount: payment.amount,
    refunded,
  };
  if (order.status !== 'refunded') return { ...order, payment: captured };
  const { before, ...rest } = order;
  return { ...rest, status: before, payment: captured };
}
