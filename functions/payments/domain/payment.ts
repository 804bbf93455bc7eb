import { type Money, money } from '../../shared/kernel/money.ts';
import type { PaymentAction } from './events.ts';

/** One refund of a payment; `refundId` tells it from the payment's others. */
export interface Refund {
  readonly refundId: string;
  readonly amount: Money;
  /** The channel has accepted the refund, and the money is still to go back. @default the money went back */
  readonly isPending?: true;
}

/** Money that was taken: `amount` in all, of which `refunds` went back. */
interface Taken {
  readonly paymentId: string;
  readonly amount: Money;
  /** Oldest first, pending ones included, failed ones not; together never more than `amount`. */
  readonly refunds: readonly Refund[];
}

/**
 * An order's payment as its channel has it.
 * - `none`: the channel has no record of it
 * - `pending`: the customer has to do something first; nothing is authorised yet
 * - `declined`: the card was refused, for good
 * - `authorised`: `amount` is authorised, not captured
 * - `expired`: the authorisation has expired; nothing is held, and it can be renewed
 * - `captured`: the money is taken, and some of it may be refunded
 * - `voided`: nothing is authorised any more
 * - `refunded`: all that was taken is refunded
 * - `closed`: voided before it was authorised; nothing is authorised, and nothing ever will be (a tombstone)
 */
export type CapturedPayment = { readonly status: 'captured' } & Taken;

/** The id of the refund of what was paid beyond the order's total. */
export const EXCESS = 'excess';

export type Payment =
  | { readonly status: 'none' }
  | PendingPayment
  | { readonly status: 'declined'; readonly declineCode: string }
  | { readonly status: 'authorised' | 'expired'; readonly paymentId: string; readonly amount: Money }
  | CapturedPayment
  | { readonly status: 'voided'; readonly paymentId: string }
  | ({ readonly status: 'refunded' } & Taken)
  | { readonly status: 'closed' };

interface PendingPayment {
  readonly status: 'pending';
  readonly amount: Money;
  /** What the customer has to do; undefined when the channel tells it only once, at the authorisation. */
  readonly action?: PaymentAction;
}

/** The captured amount less its refunds. */
export function leftOf({ amount, refunds }: Taken): Money {
  const given = refunds.reduce((total, refund) => total + refund.amount.amount, 0);
  return money(amount.amount - given, amount.currency);
}

/** The amount of the refund with this id; undefined when there is none. */
export function refundOf(payment: Payment, refundId: string): Refund | undefined {
  return 'refunds' in payment ? payment.refunds.find((refund) => refund.refundId === refundId) : undefined;
}
