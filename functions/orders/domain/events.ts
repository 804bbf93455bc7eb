/** What orders record in their own stream: what was decided. What the steps of other contexts did stands in their events. */
import type { Event, Upcaster, Upcasters } from '../../shared/kernel/events.ts';
import type { CustomerId } from '../../shared/kernel/ids.ts';
import type { LocationId, UnitsAt } from '../../shared/kernel/location.ts';
import { type Money, times, zero } from '../../shared/kernel/money.ts';
import type { ShipmentId } from '../../shared/kernel/shipment-id.ts';
import type { Units } from '../../shared/kernel/units.ts';
import type {
  CancellationReason,
  Compensation,
  Contact,
  ItemsChangeRefusal,
  Language,
  OrderStatus,
  PaymentMethod,
  PricedItems,
  PromisedTimes,
  ShippingAddress,
} from './event-data.ts';
import type { Commented, Owned } from './event-fields.ts';
import { RETURN_UPCASTERS, type ReturnEvent } from './return-events.ts';

export type * from './return-events.ts';
export { RETURN_MEANINGS } from './return-events.ts';

/**
 * The personal data of orders, by the names of its fields in all events, at any depth: names, addresses, free text, what shows an
 * address, and what belongs to the gateway or lets one pay. It stays in the stream and in the read model, until it is erased (`personal-data.ts`). The bus and the API show events without it.
 */
export const PERSONAL_DATA = [
  'customer',
  'shippingAddress',
  'comment',
  'evidence',
  'requestHash',
  'action',
  'debtor',
  'labelUrl',
] as const;

export type OrderCreated = Event<
  'OrderCreated',
  PricedItems & {
    readonly customerId: CustomerId;
    readonly customer: Contact;
    readonly shippingAddress: ShippingAddress;
    readonly paymentMethod: PaymentMethod;
    /** SHA-256 (hex) of the request that made the order: tells a repeat from a reused Idempotency-Key. */
    readonly requestHash: string;
    /** An operator has to approve the order before its saga starts. */
    readonly review?: 'required';
    /** The one that the customer ordered in. @default the shop's */
    readonly language?: Language;
    /** Absent when the shop promised nothing, and in events of before there were promises. */
    readonly promised?: PromisedTimes;
  }
>;
export type OrderApproved = Event<'OrderApproved', Record<string, never>>;

export type AddressChanged = Event<'AddressChanged', { readonly shippingAddress: ShippingAddress }>;
/** The customer wants other items; stock and authorisation are adjusted before ItemsChanged or ItemsChangeRefused answers. */
export type ItemsChangeRequested = Event<'ItemsChangeRequested', PricedItems & { readonly changeId: string }>;
export type ItemsChanged = Event<
  'ItemsChanged',
  PricedItems & {
    readonly changeId: string;
    /** Where the goods lie that are reserved now. Absent when none are, and in events of before there were locations. */
    readonly allocation?: readonly UnitsAt[];
  }
>;
export type ItemsChangeRefused = Event<
  'ItemsChangeRefused',
  { readonly changeId: string; readonly reason: ItemsChangeRefusal }
>;

export type OrderConfirmed = Event<'OrderConfirmed', Owned>;
/** The carrier has a parcel. */
export type ShipmentHandedOver = Event<
  'ShipmentHandedOver',
  {
    readonly shipmentId: ShipmentId;
    /** What has left. */
    readonly items: readonly Units[];
    /** Where it lay; absent for orders whose shipment was booked before there were several. */
    readonly location?: LocationId;
  }
>;
/** The customer has a parcel. */
export type ShipmentDelivered = Event<'ShipmentDelivered', { readonly shipmentId: ShipmentId }>;
/** The first parcel has left. In streams without ShipmentHandedOver, all have. */
export type OrderShipped = Event<'OrderShipped', Record<string, never>>;
/** The last parcel has arrived. */
export type OrderDelivered = Event<'OrderDelivered', Record<string, never>>;

/** The order is to be cancelled: everything that was done for it is being compensated. */
export type CancellationRequested = Event<
  'CancellationRequested',
  Commented & {
    readonly reason: CancellationReason;
    /** The status at that moment: from `processing` on a saga of its own compensates, before that the running one. */
    readonly from: OrderStatus;
  }
>;
export type OrderCancelled = Event<
  'OrderCancelled',
  Owned &
    Commented & {
      readonly reason: CancellationReason;
      /** Parked compensations: they kept failing and wait for an operator. Empty when everything was compensated. */
      readonly parked: readonly Compensation[];
    }
>;
/** One compensation kept failing. Streams of 0.2.0 and before have it; since then TaskOpened says the same. */
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
    /** What the shop keeps of the price of the units: `amount` is without it. @default nothing */
    readonly restockingFee?: Money;
  }
>;

/** The decisions about an order, apart from the facts that the steps of other contexts record. */
export type OrderDecision =
  | OrderCreated
  | OrderApproved
  | AddressChanged
  | ItemsChangeRequested
  | ItemsChanged
  | ItemsChangeRefused
  | OrderConfirmed
  | ShipmentHandedOver
  | ShipmentDelivered
  | OrderShipped
  | OrderDelivered
  | CancellationRequested
  | OrderCancelled
  | CompensationParked
  | RefundRequested
  | ReturnEvent;

interface OrderCreatedV1 {
  readonly lines: readonly { readonly quantity: number; readonly unitPrice: Money }[];
  readonly total: Money;
  readonly shippingAddress: ShippingAddress;
}

/** Version 2 knows discounts, and the customer apart from the parcel's recipient. Before it there was neither. */
export const orderCreatedToV2: Upcaster = (stored) => {
  const data = stored as typeof stored & OrderCreatedV1;
  return {
    ...data,
    lines: data.lines.map((line) => ({
      ...line,
      discount: zero(line.unitPrice.currency),
      net: times(line.unitPrice, line.quantity),
    })),
    subtotal: data.total,
    discounts: [],
    customer: { name: data.shippingAddress.name },
  };
};

export const ORDER_DECISION_UPCASTERS: Upcasters<OrderDecision> = {
  OrderCreated: [orderCreatedToV2],
  OrderApproved: [],
  AddressChanged: [],
  ItemsChangeRequested: [],
  ItemsChanged: [],
  ItemsChangeRefused: [],
  OrderConfirmed: [],
  ShipmentHandedOver: [],
  ShipmentDelivered: [],
  OrderShipped: [],
  OrderDelivered: [],
  CancellationRequested: [],
  OrderCancelled: [],
  CompensationParked: [],
  RefundRequested: [],
  ...RETURN_UPCASTERS,
};

/** Each event in a few words, for documents; returns have theirs beside them: what is joined here would be in every bundle. */
export const ORDER_DECISION_MEANINGS: Readonly<Record<Exclude<OrderDecision, ReturnEvent>['type'], string>> = {
  OrderCreated: 'the order was placed',
  OrderApproved: 'an operator approved the held order',
  AddressChanged: 'the shipping address was changed',
  ItemsChangeRequested: 'other items were requested; stock and authorisation are being adjusted',
  ItemsChanged: 'the items were changed',
  ItemsChangeRefused: 'the change of items was refused; the order is as it was',
  OrderConfirmed: 'the payment is captured and the shipment arranged',
  ShipmentHandedOver: 'the carrier has a parcel',
  ShipmentDelivered: 'the customer has a parcel',
  OrderShipped: 'the first parcel of the order has left',
  OrderDelivered: 'the customer has the last parcel of the order',
  CancellationRequested: 'a cancellation was requested',
  OrderCancelled: 'the order is cancelled',
  CompensationParked: 'a compensation failed, and waits for an operator; later releases record TaskOpened instead',
  RefundRequested: 'a refund was requested',
};
