/** What the events of orders tell: the goods, the people, the statuses and the reasons. */
import type { Sku } from '../../shared/kernel/ids.ts';
import type { Money } from '../../shared/kernel/money.ts';
import type { Units } from '../../shared/kernel/units.ts';

export interface OrderLine {
  readonly sku: Sku;
  readonly name: string;
  /** Whole units, at least 1. */
  readonly quantity: number;
  readonly unitPrice: Money;
  /** The line's share of all discounts. */
  readonly discount: Money;
  /** What the customer pays for the line: unit price × quantity − discount. The nets of all lines add up to the total. */
  readonly net: Money;
}

/** A discount as it was granted. */
export interface AppliedDiscount {
  readonly code: string;
  readonly name: string;
  readonly amount: Money;
}

/** What an order costs and why. */
export interface PricedItems {
  readonly lines: readonly OrderLine[];
  /** Unit price × quantity over all lines. */
  readonly subtotal: Money;
  readonly discounts: readonly AppliedDiscount[];
  /** Subtotal − discounts. */
  readonly total: Money;
}

/** By when the customer was promised that the order is so far: ISO 8601, UTC. Absent: nothing was promised of it. */
export interface PromisedTimes {
  readonly confirmed?: string;
  readonly shipped?: string;
  readonly delivered?: string;
}

/** Personal data, as the identity provider has it: it stays in the order's stream and the read model. */
export interface Contact {
  readonly name: string;
  readonly email?: string;
}

/** The languages that customers are told of their orders in; part of the API. */
export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Personal data: it stays in the order's stream and never enters the bus, a log or an execution. */
export interface ShippingAddress {
  readonly name: string;
  readonly street: string;
  /** Not every country has one in its addresses; nor a state, nor a postal code. */
  readonly city?: string;
  readonly state?: string;
  /** ISO 3166-1 alpha-2; until 0.2.0 any text. */
  readonly country: string;
  readonly postalCode?: string;
}

/** `token` stands for the card at the payment gateway; card numbers never reach Waybill. */
export interface CardPayment {
  readonly type: 'card';
  readonly token: string;
}
/** `via` says how the customer gets to Alipay: its page on a computer, its page on a phone, or a QR code. */
export interface AlipayPayment {
  readonly type: 'alipay';
  readonly via: 'page' | 'wap' | 'qr_code';
}
/** `via` says how the customer gets to WeChat Pay: a QR code, its page on a phone, or its bridge in a page within WeChat. */
export type WeChatPayPayment =
  | { readonly type: 'wechat_pay'; readonly via: 'qr_code' }
  /** WeChat checks that the page is opened from this address. Personal data. */
  | { readonly type: 'wechat_pay'; readonly via: 'h5'; readonly customerIp: string }
  /** The customer's id at WeChat. Personal data. */
  | { readonly type: 'wechat_pay'; readonly via: 'jsapi'; readonly openId: string };
/** The customer transfers the money to the shop's account, and quotes a reference. */
export interface BankTransfer {
  readonly type: 'bank_transfer';
}
export type PaymentMethod = CardPayment | AlipayPayment | WeChatPayPayment | BankTransfer;

/** Part of the API. */
export const PAYMENT_METHODS = [
  'card',
  'alipay',
  'wechat_pay',
  'bank_transfer',
] as const satisfies readonly PaymentMethod['type'][];

/**
 * The statuses of an order, in the order of its life. `held` waits for an operator's approval, `backordered` for goods; in `cancelling`,
 * everything that was done is being compensated. Part of the API.
 */
export const ORDER_STATUSES = [
  'held',
  'created',
  'backordered',
  'inventory_reserved',
  'payment_pending',
  'payment_completed',
  'payment_failed',
  'processing',
  'shipped',
  'delivered',
  'cancelling',
  'cancelled',
  'refunded',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** Why an order was cancelled; part of the API. */
export const CANCELLATION_REASONS = [
  'customer_request',
  'operator_request',
  'rejected',
  'out_of_stock',
  'backorder_expired',
  'reservation_expired',
  'payment_declined',
  'payment_not_made',
  'address_refused',
  'inventory_unavailable',
  'payment_unavailable',
  'carrier_unavailable',
] as const;
export type CancellationReason = (typeof CANCELLATION_REASONS)[number];

/** Why a change of items was refused; part of the API. */
export const ITEMS_CHANGE_REFUSALS = ['out_of_stock', 'payment_declined', 'not_possible'] as const;
export type ItemsChangeRefusal = (typeof ITEMS_CHANGE_REFUSALS)[number];

/** Why a customer sends goods back; part of the API. */
export const RETURN_REASONS = [
  'changed_mind',
  'does_not_fit',
  'not_as_described',
  'defective',
  'wrong_article',
  'arrived_late',
  'other',
] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

/** Why units of a return were rejected; part of the API. `not_in_package` is for units that were announced and did not come. */
export const REJECTION_REASONS = ['damaged', 'used', 'wrong_article', 'not_in_package', 'other'] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];

/** Units of a return that the shop does not take back. */
export interface RejectedUnits extends Units {
  readonly reason: RejectionReason;
  /** Free text of the operator, for the customer: it is not published. */
  readonly comment?: string;
}

/** The saga's compensations, by the name of their state. */
export const COMPENSATIONS = ['ReleaseInventory', 'VoidPayment', 'CancelShipment'] as const;
export type Compensation = (typeof COMPENSATIONS)[number];
