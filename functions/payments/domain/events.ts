/** What payments record in the stream of an order. */
import type { Event, Upcasters } from '../../shared/kernel/events.ts';
import type { Money } from '../../shared/kernel/money.ts';

/** What the customer has to do before the payment goes on; part of the API. */
export type PaymentAction =
  /** Open the page, such as the channel's cashier or the bank's challenge (3-D Secure). */
  | { readonly type: 'redirect'; readonly url: string }
  /** Scan a QR code with this text. */
  | { readonly type: 'qr_code'; readonly text: string }
  /** Hand these parameters, as they are, to the channel's app or bridge in the page. */
  | { readonly type: 'app'; readonly parameters: Readonly<Record<string, string>> }
  /** Transfer the amount to the account, and quote the reference. */
  | { readonly type: 'transfer'; readonly account: BankAccount; readonly reference: string };

/** The shop's account, as a customer needs it for a transfer. */
export interface BankAccount {
  readonly bank: string;
  readonly holder: string;
  readonly number: string;
}

/** The order waits for its customer. `askAgainSeconds` says after how long the channel is asked first when nobody tells of the payment. */
export type PaymentActionRequired = Event<
  'PaymentActionRequired',
  {
    readonly amount: Money;
    readonly action: PaymentAction;
    /** ISO 8601, UTC. */
    readonly expiresAt: string;
    readonly askAgainSeconds: number;
  }
>;
/** The channel has something to tell about the payment. What that is, the channel is asked. */
export type PaymentNotified = Event<
  'PaymentNotified',
  {
    readonly channel: string;
    readonly notificationId: string;
    /** It is about money that goes back. @default that is not known */
    readonly ofRefund?: true;
    /** Under which number the channel has that refund, when it says so: one of ours, or of a refund that somebody has made there. */
    readonly refund?: {
      readonly number: string;
      /** As a statement of the bank has it. @default the channel is asked */
      readonly amount?: Money;
    };
  }
>;
/** Somebody has transferred money for the order to our account. */
export type TransferReceived = Event<
  'TransferReceived',
  {
    /** How the bank names the entry. */
    readonly transferId: string;
    readonly amount: Money;
    /** The account that it came from, to which it goes back. Personal data. */
    readonly debtor: { readonly name: string; readonly iban: string };
  }
>;
/** A transfer that the order does not need went back: it was too late, came twice, or was in another currency. */
export type TransferReturned = Event<
  'TransferReturned',
  {
    readonly transferId: string;
    readonly amount: Money;
    /** Somebody has given it back at the bank itself, which names the entry so. */
    readonly atChannel?: string;
  }
>;
/** `attempt` is that of a renewal, from 2 on: the authorisation before it has expired. */
export type PaymentAuthorised = Event<
  'PaymentAuthorised',
  { readonly paymentId: string; readonly amount: Money; readonly attempt?: number }
>;
export type PaymentDeclined = Event<'PaymentDeclined', { readonly declineCode: string }>;
export type PaymentCaptured = Event<'PaymentCaptured', { readonly paymentId: string; readonly amount: Money }>;
export type PaymentVoided = Event<'PaymentVoided', { readonly paymentId: string }>;
/** Money went back: for the refund `refundId`, or all that was left when the order was cancelled. */
export type PaymentRefunded = Event<
  'PaymentRefunded',
  {
    readonly paymentId: string;
    readonly amount: Money;
    readonly refundId?: string;
    /** Somebody has made it at the channel itself, where it has this id. It is `refundId` as well, unless it takes the place of a refund of ours. */
    readonly atChannel?: string;
  }
>;
/**
 * The refund is not made: the gateway refuses it for good, and the amount can be refunded again under another id; or the order was
 * cancelled before. `refundId` is also that of a refund which nobody has requested: of what was paid beyond the total, or when the order was cancelled.
 */
export type RefundFailed = Event<
  'RefundFailed',
  {
    readonly refundId: string;
    readonly reason: string;
    /** This had gone back, and is at the channel again: the refund was made, and failed later, as when the customer's bank has closed the account. */
    readonly reversed?: Money;
  }
>;

export type PaymentEvent =
  | PaymentActionRequired
  | PaymentNotified
  | TransferReceived
  | TransferReturned
  | PaymentAuthorised
  | PaymentDeclined
  | PaymentCaptured
  | PaymentVoided
  | PaymentRefunded
  | RefundFailed;

export const PAYMENT_UPCASTERS: Upcasters<PaymentEvent> = {
  PaymentActionRequired: [],
  PaymentNotified: [],
  TransferReceived: [],
  TransferReturned: [],
  PaymentAuthorised: [],
  PaymentDeclined: [],
  PaymentCaptured: [],
  PaymentVoided: [],
  PaymentRefunded: [],
  RefundFailed: [],
};

/** Each event in a few words, for documents. */
export const PAYMENT_MEANINGS: Readonly<Record<PaymentEvent['type'], string>> = {
  PaymentActionRequired: 'the customer has to act before the payment goes on',
  PaymentNotified: 'the payment channel has notified us, and is asked what became of the payment',
  TransferReceived: 'money for the order was transferred to our account',
  TransferReturned: 'a transfer that the order does not need went back',
  PaymentAuthorised: 'the payment is authorised',
  PaymentDeclined: 'the card was declined',
  PaymentCaptured: 'the payment was captured',
  PaymentVoided: 'the authorisation was voided',
  PaymentRefunded: 'money was refunded',
  RefundFailed: 'a refund is refused for good, has failed later, or a cancellation has overtaken it',
};
