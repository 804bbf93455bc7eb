/** What the gateway keeps: payment intents as they were asked for, and a ledger of what they moved. README.md has its requests. */

/** A payment intent: one attempt to be paid. What became of it is in the ledger, under its key and with its id as `paymentId`. */
export interface Intent {
  readonly id: string;
  /** Of the ledger: the `order_id` of its metadata, else its id. */
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly created: number;
  /** Minor units, until it is confirmed: from then on the ledger knows. */
  readonly amount: number;
  /** ISO 4217, in small letters. */
  readonly currency: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly description?: string;
  /** A magic token; one that was declined is none any more. */
  readonly paymentMethod?: string;
  readonly declinedMethod?: string;
  readonly returnUrl?: string;
  /** A later raise of the authorised amount was asked for when it was confirmed. */
  readonly isRaisable?: boolean;
  /** Of the last confirmation. */
  readonly chargeId?: string;
  /** Oldest first. */
  readonly refunds: readonly Refund[];
}

export interface Refund {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly created: number;
  readonly amount: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly reason?: string;
}

interface Moved {
  /** The id of the intent. */
  readonly paymentId: string;
  /** Minor units of `currency`, never negative: `kind` gives the direction. */
  readonly amount: number;
  /** ISO 4217, in capital letters. */
  readonly currency: string;
}

/**
 * One entry of the ledger. A decline moves no money: its amount is the requested one, and it leaves the payment as it was when it is one of
 * a raise. The amount of an adjustment is the amount that is authorised from then on. A challenge holds nothing; it ends (`challenge-ended`) when the
 * intent is changed meanwhile, which is to be confirmed again. A void of 0 ends an intent
 * that held nothing. A refund that is on its way (`refund-begun`) has not moved money yet.
 */
export type PaymentMovement =
  | (Moved & { readonly kind: 'challenge' | 'challenge-ended' | 'authorisation' | 'expiry' | 'capture' })
  /** The Idempotency-Key of the raise, when it has one. */
  | (Moved & { readonly kind: 'adjustment'; readonly adjustmentKey?: string })
  | (Moved & {
      readonly kind: 'decline';
      readonly declineCode: string;
      readonly ofRaise?: true;
      readonly adjustmentKey?: string;
    })
  | (Moved & { readonly kind: 'void'; readonly reason?: string })
  | (Moved & {
      readonly kind: 'refund' | 'refund-begun' | 'refund-failed';
      /** The `refund_id` of its metadata, else its id. */
      readonly refundKey: string;
      readonly refundId: string;
    });
