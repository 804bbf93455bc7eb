import { type Money, money } from '../../shared/kernel/money.ts';

/** One refund of a payment; `refundId` tells it from the payment's others. */
export interface Refund {
  readonly refundId: string;
  readonly amount: Money;
}

/** Money that was taken: `amount` in all, of which `refunds` went back. */
interface Taken {
  readonly paymentId: string;
  readonly amount: Money;
  /** Oldest first; together never more than `amount`. */
  readonly refunds: readonly Refund[];
}

/**
 * An order's payment as the gateway has it.
 * - `none`: the gateway has never heard of it
 * - `declined`: the card was refused, for good
 * - `authorised`: `amount` is held, not taken
 * - `captured`: the money is taken, and some of it may be refunded
 * - `voided`: nothing is held any more
 * - `refunded`: all that was taken is refunded
 * - `closed`: voided before it was authorised; no money was held, and none ever will be
 */
export type Payment =
  | { readonly status: 'none' }
  | { readonly status: 'declined'; readonly declineCode: string }
  | { readonly status: 'authorised'; readonly paymentId: string; readonly amount: Money }
  | ({ readonly status: 'captured' } & Taken)
  | { readonly status: 'voided'; readonly paymentId: string }
  | ({ readonly status: 'refunded' } & Taken)
  | { readonly status: 'closed' };

/** What is left of the money that was taken. */
export function leftOf({ amount, refunds }: Taken): Money {
  const given = refunds.reduce((total, refund) => total + refund.amount.amount, 0);
  return money(amount.amount - given, amount.currency);
}

/** What the refund of this id gave back; undefined when there is none. */
export function refundOf(payment: Payment, refundId: string): Refund | undefined {
  return 'refunds' in payment ? payment.refunds.find((refund) => refund.refundId === refundId) : undefined;
}
