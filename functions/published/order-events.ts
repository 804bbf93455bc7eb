/**
 * The published language: every event that the stream of an order can hold. Orders' own events are
 * decisions; the others are facts that the steps of inventory, payments and shipping record.
 */
import type { CorrelationId, CustomerId, EventId, OrderId, Sku } from '../shared/kernel/ids.ts';
import type { Money } from '../shared/kernel/money.ts';

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

/** So many units of one article. */
export interface Units {
  readonly sku: Sku;
  /** Whole units, at least 1. */
  readonly quantity: number;
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

/** Personal data, as the identity provider has it: it stays in the order's stream and the read model. */
export interface Contact {
  readonly name: string;
  readonly email?: string;
}

/** Personal data: it stays in the order's stream and never enters the bus, a log or an execution. */
export interface ShippingAddress {
  readonly name: string;
  readonly street: string;
  readonly city: string;
  readonly state: string;
  readonly country: string;
  readonly postalCode: string;
}

/** `token` stands for the card at the payment gateway; card numbers never reach Waybill. */
export interface CardPayment {
  readonly type: 'card';
  readonly token: string;
}
export type PaymentMethod = CardPayment;

/**
 * The statuses of an order, in the order of its life. `held` waits for a person's approval; in `cancelling`, whatever was
 * done is being undone. Part of the API.
 */
export const ORDER_STATUSES = [
  'held',
  'created',
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
  'payment_declined',
  'address_refused',
  'inventory_unavailable',
  'payment_unavailable',
  'carrier_unavailable',
] as const;
export type CancellationReason = (typeof CANCELLATION_REASONS)[number];

/** The saga's compensations, by the name of their state. */
export const COMPENSATIONS = ['ReleaseInventory', 'VoidPayment', 'CancelShipment'] as const;
export type Compensation = (typeof COMPENSATIONS)[number];

interface Event<Type extends string, Data> {
  readonly type: Type;
  readonly data: Data;
}

/** Whose order it is, for those who know the order by this event alone. Events that are older than the field lack it. */
interface Owned {
  readonly customerId?: CustomerId;
}

/** `comment` is what a person wrote, so it may hold personal data: it stays in the stream. */
interface Commented {
  readonly comment?: string;
}

export type OrderCreated = Event<
  'OrderCreated',
  PricedItems & {
    readonly customerId: CustomerId;
    readonly customer: Contact;
    readonly shippingAddress: ShippingAddress;
    readonly paymentMethod: PaymentMethod;
    /** SHA-256 (hex) of the request that made the order: tells a repeat from a reused Idempotency-Key. */
    readonly requestHash: string;
    /** A person has to approve the order before its saga starts. */
    readonly review?: 'required';
  }
>;
export type OrderApproved = Event<'OrderApproved', Record<string, never>>;

export type AddressChanged = Event<'AddressChanged', { readonly shippingAddress: ShippingAddress }>;
/** The customer wants other items; stock and authorisation are adjusted before ItemsChanged or ItemsChangeRefused answers. */
export type ItemsChangeRequested = Event<'ItemsChangeRequested', PricedItems & { readonly changeId: string }>;
export type ItemsChanged = Event<'ItemsChanged', PricedItems & { readonly changeId: string }>;
export const ITEMS_CHANGE_REFUSALS = ['out_of_stock', 'payment_declined', 'not_possible'] as const;
export type ItemsChangeRefused = Event<
  'ItemsChangeRefused',
  {
    readonly changeId: string;
    readonly reason: (typeof ITEMS_CHANGE_REFUSALS)[number];
  }
>;

export type InventoryReserved = Event<'InventoryReserved', { readonly lines: readonly Units[] }>;
export type InventoryReleased = Event<'InventoryReleased', { readonly lines: readonly Units[] }>;
export type PaymentAuthorised = Event<'PaymentAuthorised', { readonly paymentId: string; readonly amount: Money }>;
export type PaymentDeclined = Event<'PaymentDeclined', { readonly declineCode: string }>;
export type PaymentCaptured = Event<'PaymentCaptured', { readonly paymentId: string; readonly amount: Money }>;
export type PaymentVoided = Event<'PaymentVoided', { readonly paymentId: string }>;
/** Money went back: for the refund `refundId`, or all that was left when the order was cancelled. */
export type PaymentRefunded = Event<
  'PaymentRefunded',
  { readonly paymentId: string; readonly amount: Money; readonly refundId?: string }
>;
export type ShipmentArranged = Event<
  'ShipmentArranged',
  {
    readonly shipmentId: string;
    readonly carrier: string;
    readonly trackingNumber: string;
  }
>;
export type ShipmentCancelled = Event<'ShipmentCancelled', { readonly shipmentId: string }>;

export type OrderConfirmed = Event<'OrderConfirmed', Owned>;
export type OrderShipped = Event<'OrderShipped', Record<string, never>>;
export type OrderDelivered = Event<'OrderDelivered', Record<string, never>>;

/** The order is to be cancelled: whatever was done for it is being undone. */
export type CancellationRequested = Event<
  'CancellationRequested',
  Commented & {
    readonly reason: CancellationReason;
    /** The status at that moment: from `processing` a saga of its own does the undoing, before it the running one does. */
    readonly from: OrderStatus;
  }
>;
export type OrderCancelled = Event<
  'OrderCancelled',
  Owned &
    Commented & {
      readonly reason: CancellationReason;
      /** Compensations that kept failing and wait for a person; empty when everything was undone. */
      readonly parked: readonly Compensation[];
    }
>;
/** One compensation kept failing; its queue raises an alarm until a person resolves it. */
export type CompensationParked = Event<'CompensationParked', { readonly step: Compensation; readonly error: string }>;

export type RefundRequested = Event<
  'RefundRequested',
  Commented & {
    readonly refundId: string;
    readonly amount: Money;
    /** The units that the refund is for; empty for an amount. */
    readonly lines: readonly Units[];
    /** The return that the refund is for. */
    readonly returnId?: string;
  }
>;
/** The gateway refuses the refund for good; the amount can be refunded anew. */
export type RefundFailed = Event<'RefundFailed', { readonly refundId: string; readonly reason: string }>;
export type ReturnRequested = Event<
  'ReturnRequested',
  Commented & { readonly returnId: string; readonly lines: readonly Units[] }
>;
export type ReturnReceived = Event<'ReturnReceived', { readonly returnId: string; readonly lines: readonly Units[] }>;

export type OrderEvent =
  | OrderCreated
  | OrderApproved
  | AddressChanged
  | ItemsChangeRequested
  | ItemsChanged
  | ItemsChangeRefused
  | InventoryReserved
  | InventoryReleased
  | PaymentAuthorised
  | PaymentDeclined
  | PaymentCaptured
  | PaymentVoided
  | PaymentRefunded
  | ShipmentArranged
  | ShipmentCancelled
  | OrderConfirmed
  | OrderShipped
  | OrderDelivered
  | CancellationRequested
  | OrderCancelled
  | CompensationParked
  | RefundRequested
  | RefundFailed
  | ReturnRequested
  | ReturnReceived;

export type OrderEventType = OrderEvent['type'];

/** Who caused an event: a customer or an operator through the API, or the platform itself. */
export interface Actor {
  readonly type: 'customer' | 'operator' | 'system';
  /** The customer's or the operator's id, or the name of the step. */
  readonly id: string;
}

/** An event before the log gives it a version. */
export type NewOrderEvent<E extends OrderEvent = OrderEvent> = E & {
  readonly eventId: EventId;
  /** ISO 8601, UTC, milliseconds. */
  readonly occurredAt: string;
  readonly correlationId: CorrelationId;
  /** The id of the event or command that led to this one. */
  readonly causationId: string;
  readonly actor: Actor;
};

/** An event as the order's stream holds it. */
export type RecordedOrderEvent<E extends OrderEvent = OrderEvent> = NewOrderEvent<E> & {
  readonly orderId: OrderId;
  /** 1 for the first event of the stream, then without gaps. */
  readonly version: number;
};
