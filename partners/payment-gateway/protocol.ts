/** The gateway's requests and its ledger; README.md has an example of each message. */
import * as z from 'zod';

/** Minor units (fen, cents), more than zero. */
const amount = z.int().positive();
const currency = z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code');

export const authoriseRequest = z.strictObject({ amount, currency, token: z.string().min(1).max(255) });
export type AuthoriseRequest = z.output<typeof authoriseRequest>;

export const amountRequest = z.strictObject({ amount });

/** The header that tells one adjustment or refund of a payment from another: its key does not, because there can be several. */
export const idempotencyKey = z.string('the Idempotency-Key header is missing').regex(/^[\x21-\x7e]{1,255}$/);

interface Moved {
  readonly paymentId: string;
  /** Minor units of `currency`, never negative: `kind` gives the direction. */
  readonly amount: number;
  readonly currency: string;
}

/**
 * One entry of the ledger. A decline moves no money: its amount is the requested one, and it belongs to an adjustment when it
 * or a renewal when it names one. The amount of an adjustment is the amount that is authorised from then on. A challenge holds nothing.
 * A void of 0 is a tombstone: it forbids an authorisation that has not arrived yet, or the one of a challenge.
 */
export type PaymentMovement =
  | (Moved & { readonly kind: 'challenge' })
  | (Moved & { readonly kind: 'authorisation'; readonly renewalKey?: string })
  | (Moved & { readonly kind: 'expiry' })
  | (Moved & {
      readonly kind: 'decline';
      readonly declineCode: string;
      readonly adjustmentKey?: string;
      readonly renewalKey?: string;
    })
  | (Moved & { readonly kind: 'adjustment'; readonly adjustmentKey: string })
  | (Moved & { readonly kind: 'capture' })
  | (Moved & { readonly kind: 'void' })
  | { readonly kind: 'void'; readonly amount: 0 }
  | (Moved & { readonly kind: 'refund'; readonly refundKey: string });

interface PaymentOf<Status extends string> {
  readonly paymentId: string;
  readonly status: Status;
  /** The authorised amount after the latest adjustment, or the declined amount. */
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

/** A payment, folded from the ledger's entries of its key. `refunded` means that all that was captured was refunded. */
export type Payment =
  /** The customer has to pass the challenge of the bank first. */
  | PaymentOf<'requires_action'>
  | PaymentOf<'authorised'>
  /** The authorisation has lapsed: nothing is held. */
  | PaymentOf<'expired'>
  | (PaymentOf<'declined'> & { readonly declineCode: string })
  | (PaymentOf<'captured'> & Taken)
  | (PaymentOf<'refunded'> & Taken)
  | PaymentOf<'voided'>;

/** A key that was voided before its authorisation arrived. */
export interface Tombstone {
  readonly status: 'voided';
  readonly paymentId?: never;
}
