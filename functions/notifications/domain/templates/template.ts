/** What messages are made of: data, one set for each language. */
import type { CancellationReason, RejectionReason } from '../../../published/order-events.ts';

/** Every message that a customer can get, by what it tells of; part of the API. */
export const TEMPLATE_IDS = [
  'order-created',
  'order-held',
  'order-backordered',
  'units-removed',
  'payment-action-needed',
  'order-confirmed',
  'order-shipped',
  'parcel-shipped',
  'parcel-out-for-delivery',
  'delivery-attempted',
  'order-delivered',
  'order-cancelled',
  'payment-refunded',
  'refund-reversed',
  'return-requested',
  'return-received',
  'return-withdrawn',
  'return-expired',
] as const;
export type TemplateId = (typeof TEMPLATE_IDS)[number];

/** What a message is about, for customers who do not want to be told of everything; part of the API. */
export const KINDS = ['order', 'payment', 'delivery', 'return'] as const;
export type Kind = (typeof KINDS)[number];

export const KIND_OF: Readonly<Record<TemplateId, Kind>> = {
  'order-created': 'order',
  'order-held': 'order',
  'order-backordered': 'order',
  'units-removed': 'order',
  'payment-action-needed': 'payment',
  'order-confirmed': 'order',
  'order-shipped': 'delivery',
  'parcel-shipped': 'delivery',
  'parcel-out-for-delivery': 'delivery',
  'delivery-attempted': 'delivery',
  'order-delivered': 'delivery',
  'order-cancelled': 'order',
  'payment-refunded': 'payment',
  'refund-reversed': 'payment',
  'return-requested': 'return',
  'return-received': 'return',
  'return-withdrawn': 'return',
  'return-expired': 'return',
};

/** A placeholder is the name of a value in braces, such as `{total}`. */
export interface Template {
  /** Raised whenever the words change: a message says of which version it was made. */
  readonly version: number;
  /** One line. */
  readonly subject: string;
  /** A paragraph is left out when a value that it names is not there. */
  readonly paragraphs: readonly string[];
}

/** The words that values stand for. */
export interface Vocabulary {
  readonly cancellation: Readonly<Record<CancellationReason, string>>;
  readonly rejection: Readonly<Record<RejectionReason, string>>;
  /** Of a cancelled order. */
  readonly nothingToPay: string;
  /** Of a cancelled order whose payment is not undone yet. */
  readonly refundDelayed: string;
  /** Between the units of a list. */
  readonly comma: string;
  /** Of a unit that is rejected: what it is, and why. */
  readonly because: readonly [before: string, after: string];
}

export interface LanguageSet {
  readonly templates: Readonly<Record<TemplateId, Template>>;
  readonly words: Vocabulary;
}

export const isTemplateId = (text: string): text is TemplateId => TEMPLATE_IDS.some((id) => id === text);
