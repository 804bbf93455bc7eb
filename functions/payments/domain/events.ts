/** What payments record in the stream of an order. */
import type { Event, Upcasters } from '../../shared/kernel/events.ts';
import type { Money } from '../../shared/kernel/money.ts';

export type PaymentAuthorised = Event<'PaymentAuthorised', { readonly paymentId: string; readonly amount: Money }>;
export type PaymentDeclined = Event<'PaymentDeclined', { readonly declineCode: string }>;
export type PaymentCaptured = Event<'PaymentCaptured', { readonly paymentId: string; readonly amount: Money }>;
export type PaymentVoided = Event<'PaymentVoided', { readonly paymentId: string }>;
/** Money went back: for the refund `refundId`, or all that was left when the order was cancelled. */
export type PaymentRefunded = Event<
  'PaymentRefunded',
  { readonly paymentId: string; readonly amount: Money; readonly refundId?: string }
>;
/**
 * The refund is not made: the gateway refuses it for good, and the amount can be refunded again under another id; or the order was
 * cancelled before.
 */
export type RefundFailed = Event<'RefundFailed', { readonly refundId: string; readonly reason: string }>;

export type PaymentEvent =
  | PaymentAuthorised
  | PaymentDeclined
  | PaymentCaptured
  | PaymentVoided
  | PaymentRefunded
  | RefundFailed;

export const PAYMENT_UPCASTERS: Upcasters<PaymentEvent> = {
  PaymentAuthorised: [],
  PaymentDeclined: [],
  PaymentCaptured: [],
  PaymentVoided: [],
  PaymentRefunded: [],
  RefundFailed: [],
};

/** Each event in a few words, for documents. */
export const PAYMENT_MEANINGS: Readonly<Record<PaymentEvent['type'], string>> = {
  PaymentAuthorised: 'the payment is authorised',
  PaymentDeclined: 'the card was declined',
  PaymentCaptured: 'the payment was captured',
  PaymentVoided: 'the authorisation was voided',
  PaymentRefunded: 'money was refunded',
  RefundFailed: 'a refund is refused for good, or a cancellation has overtaken it',
};
