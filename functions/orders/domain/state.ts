import type { CustomerId, OrderId } from '../../shared/kernel/ids.ts';
import type { Money } from '../../shared/kernel/money.ts';
import type { CancellationReason, Compensation, OrderLine, PaymentMethod } from '../../shared/kernel/order-events.ts';

/** Money as the payment gateway holds it for an order. */
export type Payment =
  | { readonly status: 'pending' }
  | { readonly status: 'declined'; readonly declineCode: string }
  | { readonly status: 'authorised' | 'captured' | 'voided' | 'refunded'; readonly paymentId: string };

export type Shipment =
  | { readonly status: 'pending' }
  | { readonly status: 'arranged' | 'cancelled'; readonly shipmentId: string; readonly carrier: string; readonly trackingNumber: string };

export interface ParkedCompensation {
  readonly step: Compensation;
  readonly error: string;
}

/** What every order has, whatever its status. */
interface OrderFacts {
  readonly orderId: OrderId;
  readonly customerId: CustomerId;
  readonly lines: readonly OrderLine[];
  readonly total: Money;
  readonly paymentMethod: PaymentMethod['type'];
  readonly payment: Payment;
  readonly shipment: Shipment;
  /** Compensations that wait for a person. */
  readonly parked: readonly ParkedCompensation[];
  readonly requestHash: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The version of the last event folded in. */
  readonly version: number;
}

export type NoOrder = { readonly status: 'none' };

/** An order on its way: the saga is running. */
export type OpenOrder = OrderFacts & {
  readonly status: 'created' | 'inventory_reserved' | 'payment_completed' | 'payment_failed';
};
/** Charged, and the shipment arranged. */
export type ProcessingOrder = OrderFacts & { readonly status: 'processing' };
export type CancelledOrder = OrderFacts & { readonly status: 'cancelled'; readonly reason: CancellationReason };

export type ExistingOrder = OpenOrder | ProcessingOrder | CancelledOrder;
export type Order = NoOrder | ExistingOrder;
export type OrderStatus = Order['status'];

export const NO_ORDER: NoOrder = { status: 'none' };
