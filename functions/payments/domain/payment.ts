import { type Money, money } from '../../shared/kernel/money.ts';
import type { PaymentAction } from './events.ts';

/** One refund of a payment; `refundId` tells it from the payment's others. */
export interface Refund {
  readonly refundId: string;
  readonly amount: Money;
  /** The channel has accepted the refund, and the money is still to go back. @default the money went back */
  readonly isPending?: true;
}

/** A refund that the channel has accepted, or even made, and that gives nothing back. */
export interface FailedRefund {
  readonly refundId: string;
  readonly amount: Money;
  /** The channel's word for it. */
  readonly reason: string;
  /** Its staff can still have it made: it must not be made anew. @default nothing comes of it any more */
  readonly isOpen?: true;
}

/** Money that was taken: `amount` in all, of which `refunds` went back. */
export interface Taken {
  readonly paymentId: string;
  readonly amount: Money;
  /** Oldest first, pending ones included, failed ones not; together never more than `amount`. */
  readonly refunds: readonly Refund[];
  /** Each time that one has failed, oldest first: a refund can have failed several times, and be made all the same. @default none */
  readonly failed?: readonly FailedRefund[];
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

/** How the refund with this id has failed, each time that it did. */
export const failuresOf = (payment: Payment, refundId: string): readonly FailedRefund[] =>
  'refunds' in payment ? (payment.failed ?? []).filter((refund) => refund.refundId === refundId) : [];

/** What was taken, from its refunds: when all of it went back, pending refunds included, nothing is left only once the money is there. */
export function takenWith(payment: Taken): Payment {
  const { failed, ...taken } = payment;
  const isBack = leftOf(taken).amount === 0 && taken.refunds.every(({ isPending }) => !isPending);
  return { status: isBack ? 'refunded' : 'captured', ...taken, ...(failed?.length && { failed }) };
}

/** The amount of the refund with this id; undefined when there is none. */
export function refundOf(payment: Payment, refundId: string): Refund | undefined {
  return 'refunds' in payment ? payment.refunds.find((refund) => refund.refundId === refundId) : undefined;
}
