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
 * - `none`: the gateway has no record of it
 * - `declined`: the card was refused, for good
 * - `authorised`: `amount` is authorised, not captured
 * - `captured`: the money is taken, and some of it may be refunded
 * - `voided`: nothing is authorised any more
 * - `refunded`: all that was taken is refunded
 * - `closed`: voided before it was authorised; nothing is authorised, and nothing ever will be (a tombstone)
 */
export type Payment =
  | { readonly status: 'none' }
  | { readonly status: 'declined'; readonly declineCode: string }
  | { readonly status: 'authorised'; readonly paymentId: string; readonly amount: Money }
  | ({ readonly status: 'captured' } & Taken)
  | { readonly status: 'voided'; readonly paymentId: string }
  | ({ readonly status: 'refunded' } & Taken)
  | { readonly status: 'closed' };

/** The captured amount less its refunds. */
export function leftOf({ amount, refunds }: Taken): Money {
  const given = refunds.reduce((total, refund) => total + refund.amount.amount, 0);
  return money(amount.amount - given, amount.currency);
}

/** The amount of the refund with this id; undefined when there is none. */
export function refundOf(payment: Payment, refundId: string): Refund | undefined {
  return 'refunds' in payment ? payment.refunds.find((refund) => refund.refundId === refundId) : undefined;
}
