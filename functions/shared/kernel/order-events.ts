/**
 * The published language: every event that the stream of an order can hold. Orders' own events are
 * decisions; the others are facts that the steps of inventory, payments and shipping record.
 */
import type { CorrelationId, CustomerId, EventId, OrderId, Sku } from './ids.ts';
import type { Money } from './money.ts';

export interface OrderLine {
  readonly sku: Sku;
  readonly name: string;
  /** Whole units, at least 1. */
  readonly quantity: number;
  readonly unitPrice: Money;
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

/** Why an order was cancelled; part of the API. */
export const CANCELLATION_REASONS = [
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

export type OrderCreated = Event<'OrderCreated', {
  readonly customerId: CustomerId;
  readonly lines: readonly OrderLine[];
  readonly total: Money;
  readonly shippingAddress: ShippingAddress;
  readonly paymentMethod: PaymentMethod;
  /** SHA-256 (hex) of the request that made the order: tells a repeat from a reused Idempotency-Key. */
  readonly requestHash: string;
}>;
export type InventoryReserved = Event<'InventoryReserved', { readonly lines: readonly { readonly sku: Sku; readonly quantity: number }[] }>;
export type InventoryReleased = Event<'InventoryReleased', { readonly lines: readonly { readonly sku: Sku; readonly quantity: number }[] }>;
export type PaymentAuthorised = Event<'PaymentAuthorised', { readonly paymentId: string; readonly amount: Money }>;
export type PaymentDeclined = Event<'PaymentDeclined', { readonly declineCode: string }>;
export type PaymentCaptured = Event<'PaymentCaptured', { readonly paymentId: string; readonly amount: Money }>;
export type PaymentVoided = Event<'PaymentVoided', { readonly paymentId: string }>;
export type PaymentRefunded = Event<'PaymentRefunded', { readonly paymentId: string; readonly amount: Money }>;
export type ShipmentArranged = Event<'ShipmentArranged', {
  readonly shipmentId: string;
  readonly carrier: string;
  readonly trackingNumber: string;
}>;
export type ShipmentCancelled = Event<'ShipmentCancelled', { readonly shipmentId: string }>;
export type OrderConfirmed = Event<'OrderConfirmed', Record<string, never>>;
export type OrderCancelled = Event<'OrderCancelled', {
  readonly reason: CancellationReason;
  /** Compensations that kept failing and wait for a person; empty when everything was undone. */
  readonly parked: readonly Compensation[];
}>;
/** One compensation kept failing; its queue raises an alarm until a person resolves it. */
export type CompensationParked = Event<'CompensationParked', { readonly step: Compensation; readonly error: string }>;

export type OrderEvent =
  | OrderCreated
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
  | OrderCancelled
  | CompensationParked;

export type OrderEventType = OrderEvent['type'];

/** Who caused an event: a customer through the API, or the platform itself. */
export interface Actor {
  readonly type: 'customer' | 'system';
  /** The customer's id, or the name of the step. */
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
