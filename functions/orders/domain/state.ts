import type {
  AppliedDiscount,
  CancellationReason,
  Compensation,
  Contact,
  OrderLine,
  PaymentAction,
  PaymentMethod,
  PromisedTimes,
  RejectedUnits,
  ReturnReason,
  ShippingAddress,
} from '../../published/order-events.ts';
import type { CorrelationId, CustomerId, EventId, OrderId } from '../../shared/kernel/ids.ts';
import type { Money } from '../../shared/kernel/money.ts';
import type { Units } from '../../shared/kernel/units.ts';
import type { MetTimes, Waits } from './milestones.ts';
import type { OrderShipment } from './shipments.ts';

/** The money of an order at the payment gateway. */
export type Payment =
  | {
      readonly status: 'pending';
      /** What the customer has to do. */
      readonly action?: PaymentAction;
      /** Until when: ISO 8601, UTC. */
      readonly expiresAt?: string;
      /** What was transferred so far: the rest is still to come. */
      readonly received?: Money;
    }
  | { readonly status: 'declined'; readonly declineCode: string }
  | { readonly status: 'authorised'; readonly paymentId: string; readonly amount: Money }
  | CapturedPayment
  | { readonly status: 'voided'; readonly paymentId: string }
  | { readonly status: 'refunded'; readonly paymentId: string; readonly amount: Money; readonly refunded: Money };

/** `amount` was taken, and `refunded` of it, less than all, went back. */
export interface CapturedPayment {
  readonly status: 'captured';
  readonly paymentId: string;
  readonly amount: Money;
  readonly refunded: Money;
}

export type Shipment =
  | { readonly status: 'pending' }
  | ArrangedShipment
  | {
      readonly status: 'cancelled';
      readonly shipmentId: string;
      readonly carrier: string;
      readonly trackingNumber: string;
    };

export interface ArrangedShipment {
  readonly status: 'arranged';
  /** The carrier's own id of the first booking. */
  readonly shipmentId: string;
  readonly carrier: string;
  readonly trackingNumber: string;
}

export interface ParkedCompensation {
  readonly step: Compensation;
  readonly error: string;
  /** The person's task. */
  readonly taskId: string;
}

/** A refund after the capture. */
export interface Refund {
  readonly refundId: string;
  readonly status: 'requested' | 'refunded' | 'failed';
  readonly amount: Money;
  readonly lines: readonly Units[];
  /** What the shop keeps of the price of the units: `amount` is without it. */
  readonly restockingFee?: Money;
  /** A person has made it outside of the platform: `refunded` of the payment does not have it. */
  readonly outside?: true;
}

/**
 * `partly_received` when some units are decided and others are awaited. Once none is: `received` when some were accepted, else
 * `rejected` when some were rejected, else `expired` when nothing came in time, else `withdrawn`. Part of the API.
 */
export const RETURN_STATUSES = [
  'requested',
  'partly_received',
  'received',
  'rejected',
  'withdrawn',
  'expired',
] as const;

export interface Return {
  readonly returnId: string;
  readonly status: (typeof RETURN_STATUSES)[number];
  readonly reason?: ReturnReason;
  /** The units that it was requested for. */
  readonly lines: readonly Units[];
  readonly accepted: readonly Units[];
  readonly rejected: readonly RejectedUnits[];
  readonly withdrawn: readonly Units[];
  /** The part of its refunds that the shop keeps, in hundredths of a percent; absent when it keeps nothing. */
  readonly restockingFeeBasisPoints?: number;
  /** While nothing has come of it: when it expires, unless it waits for ever. ISO 8601, UTC. */
  readonly expectedUntil?: string;
  /** Nothing had come of it in time. What comes after all is still taken. ISO 8601, UTC. */
  readonly expiredAt?: string;
}

/** A change of items that is being carried out. */
export interface ItemsChange {
  readonly changeId: string;
}

/** What an order waits for. */
export interface Backorder {
  /** Of these there is too little. */
  readonly lines: readonly Units[];
  /** When the order is cancelled if the goods have not come: ISO 8601, UTC. */
  readonly until: string;
}

/** The fields that an order has in every status. */
interface OrderFacts {
  readonly orderId: OrderId;
  readonly customerId: CustomerId;
  readonly customer: Contact;
  readonly lines: readonly OrderLine[];
  readonly subtotal: Money;
  readonly discounts: readonly AppliedDiscount[];
  readonly total: Money;
  readonly shippingAddress: ShippingAddress;
  readonly paymentMethod: PaymentMethod['type'];
  readonly payment: Payment;
  /** How far all shipments together are, with what the first one was booked as. */
  readonly shipment: Shipment;
  /** Its parcels, once they are planned. */
  readonly shipments: readonly OrderShipment[];
  /** Compensations that kept failing and wait for a person. */
  readonly parked: readonly ParkedCompensation[];
  readonly itemsChange?: ItemsChange;
  /** Present while it waits for goods. */
  readonly backorder?: Backorder;
  readonly refunds: readonly Refund[];
  readonly returns: readonly Return[];
  /** Absent when nothing was promised. */
  readonly promised?: PromisedTimes;
  readonly met: MetTimes;
  readonly waits: Waits;
  readonly requestHash: string;
  /**
   * The event that the present saga was started for: the order was placed or approved, or its cancellation was
   * requested.
   */
  readonly causationId: EventId;
  /** The correlation id of the request that led to that event; the saga's events carry it, too. */
  readonly correlationId: CorrelationId;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The version of the last event folded in. */
  readonly version: number;
}

interface Delivering extends OrderFacts {
  readonly payment: CapturedPayment;
  readonly shipment: ArrangedShipment;
}

export type NoOrder = { readonly status: 'none' };

/** Waits for an operator; nothing was done for it yet. */
export type HeldOrder = OrderFacts & { readonly status: 'held' };

export type OpenStatus =
  | 'created'
  | 'backordered'
  | 'inventory_reserved'
  | 'payment_pending'
  | 'payment_completed'
  | 'payment_failed';
/** On its way: the saga is running. */
export type OpenOrder = { readonly [Status in OpenStatus]: OrderFacts & { readonly status: Status } }[OpenStatus];

/** The payment is captured and the shipment arranged. */
export type ProcessingOrder = Delivering & { readonly status: 'processing' };
/** With the carrier. */
export type ShippedOrder = Delivering & { readonly status: 'shipped' };
export type DeliveredOrder = Delivering & { readonly status: 'delivered' };
export type DeliveringOrder = ProcessingOrder | ShippedOrder | DeliveredOrder;

export type CancellingOrder = OrderFacts & { readonly status: 'cancelling'; readonly reason: CancellationReason };
export type CancelledOrder = OrderFacts & { readonly status: 'cancelled'; readonly reason: CancellationReason };
/** The whole payment was refunded. */
export type RefundedOrder = OrderFacts & {
  readonly status: 'refunded';
  readonly shipment: ArrangedShipment;
  /** What it is again when a refund fails later. */
  readonly before: DeliveringOrder['status'];
};

export type ExistingOrder = HeldOrder | OpenOrder | DeliveringOrder | CancellingOrder | CancelledOrder | RefundedOrder;
export type Order = NoOrder | ExistingOrder;
export type OrderStatus = Order['status'];
/** The order in one of these statuses. */
export type OrderIn<Status extends OrderStatus> = Extract<Order, { readonly status: Status }>;

export const NO_ORDER: NoOrder = { status: 'none' };

/** Whether the saga is running or about to start. */
export const isOpen = ({ status }: ExistingOrder): boolean =>
  status === 'created' ||
  status === 'backordered' ||
  status === 'inventory_reserved' ||
  status === 'payment_pending' ||
  status === 'payment_completed' ||
  status === 'payment_failed';

/**
 * The shape and the meaning of `ExistingOrder` in snapshots. Raise it with every change of the state or of how events are
 * folded into it: snapshots are never migrated, the next load folds the stream and the next projection takes a new one.
 */
export const STATE_SCHEMA = 11;
