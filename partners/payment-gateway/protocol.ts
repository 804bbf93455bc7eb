/** What the gateway takes and tells; README.md shows each message by example. */
import * as z from 'zod';

/** Minor units (fen, cents); nothing is paid with nothing. */
const amount = z.int().positive();
const currency = z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code');

export const authoriseRequest = z.strictObject({ amount, currency, token: z.string().min(1).max(255) });
export type AuthoriseRequest = z.output<typeof authoriseRequest>;

export const amountRequest = z.strictObject({ amount });

/** The header that tells one adjustment or refund of a payment from another: its key does not, because there can be several. */
export const idempotencyKey = z.string('the Idempotency-Key header is missing').regex(/^[\x21-\x7e]{1,255}$/);

interface Moved {
  readonly paymentId: string;
  /** Minor units of `currency`, never negative: `kind` says in which direction. */
  readonly amount: number;
  readonly currency: string;
}

/**
 * One line of the ledger. A decline moves nothing; its amount is what was asked for, and it belongs to an adjustment when it
 * names one. The amount of an adjustment is what is held from then on. A void of nothing is a tombstone: it forbids an
 * authorisation that has not arrived.
 */
export type PaymentMovement =
  | (Moved & { readonly kind: 'authorisation' })
  | (Moved & { readonly kind: 'decline'; readonly declineCode: string; readonly adjustmentKey?: string })
  | (Moved & { readonly kind: 'adjustment'; readonly adjustmentKey: string })
  | (Moved & { readonly kind: 'capture' })
  | (Moved & { readonly kind: 'void' })
  | { readonly kind: 'void'; readonly amount: 0 }
  | (Moved & { readonly kind: 'refund'; readonly refundKey: string });

interface PaymentOf<Status extends string> {
  readonly paymentId: string;
  readonly status: Status;
  /** What is or was held, as adjusted last; or what was refused. */
  readonly amount: number;
  readonly currency: string;
}
interface Taken {
  readonly capturedAmount: number;
  /** The sum of `refunds`. */
  readonly refundedAmount: number;
  /** Oldest first. */
  readonly refunds: readonly { readonly refundKey: string; readonly amount: number }[];
}

/** A payment as the ledger's entries of its key add up to it. `refunded` means: all that was captured. */
export type Payment =
  | PaymentOf<'authorised'>
  | (PaymentOf<'declined'> & { readonly declineCode: string })
  | (PaymentOf<'captured'> & Taken)
  | (PaymentOf<'refunded'> & Taken)
  | PaymentOf<'voided'>;

/** A key that was voided before it was authorised. */
export interface Tombstone {
  readonly status: 'voided';
  readonly paymentId?: never;
}
