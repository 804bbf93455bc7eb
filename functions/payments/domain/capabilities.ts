/**
 * What a payment channel can do. The use cases follow this record and never ask which channel it is.
 */
export interface ChannelCapabilities {
  /** The only currency that it takes: ISO 4217. @default any */
  readonly currency?: string;
  /** The currencies of which it takes multiples only, in minor units of ISO 4217. @default it takes every amount */
  readonly amountSteps?: Readonly<Record<string, number>>;
  /**
   * The channel authorises an amount and captures it later. Without it the customer pays at checkout: an authorisation resolves to a
   * captured payment, and a void closes an unpaid one; a paid one is refunded.
   */
  readonly separateCapture: boolean;
  /** An authorisation can be raised. */
  readonly adjustable: boolean;
  /** An authorisation can be lowered. Without it, what is too much stays held until the capture of less releases it. */
  readonly lowerable: boolean;
  /** A capture of less than the authorised amount releases the rest. */
  readonly partialCapture: boolean;
  readonly partialRefund: boolean;
  /** How long an authorisation is valid; it is renewed before a later capture. Undefined for a channel without separate capture. */
  readonly authorisationValidSeconds?: number;
  /** How long after the payment it can be refunded; undefined for a channel without a limit. */
  readonly refundSeconds?: number;
  /** For how long a refund that was made can fail; undefined when what a channel calls made is made for good. */
  readonly refundFailsWithinSeconds?: number;
  /** After how long a pending payment is asked about first; later questions follow at growing distances. */
  readonly askAgainSeconds: number;
  /** The channel tells by notifications what became of a payment; without it, it is asked. */
  readonly notifies: boolean;
}
