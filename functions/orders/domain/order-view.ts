import type { AppliedDiscount, CancellationReason, Contact, OrderLine, ShippingAddress } from '../../shared/kernel/order-events.ts';
import { times, type Money } from '../../shared/kernel/money.ts';
import type { ExistingOrder, ParkedCompensation, Payment, Refund, Return, Shipment } from './state.ts';

/** One order as its customer and operators read it. */
export interface OrderView {
  readonly orderId: string;
  readonly customerId: string;
  readonly customer: Contact;
  readonly status: ExistingOrder['status'];
  /** Only on orders that are cancelled or being cancelled. */
  readonly reason?: CancellationReason;
  /** Whether a compensation waits for a person. */
  readonly parked: boolean;
  readonly parkedCompensations?: readonly ParkedCompensation[];
  readonly items: readonly (OrderLine & { readonly lineTotal: Money })[];
  /** A change of items that is being carried out. */
  readonly itemsChange?: { readonly changeId: string };
  readonly subtotal: Money;
  readonly discounts: readonly AppliedDiscount[];
  readonly total: Money;
  readonly shippingAddress: ShippingAddress;
  readonly payment: Payment & { readonly method: string };
  readonly shipment: Shipment;
  readonly refunds: readonly Refund[];
  readonly returns: readonly Return[];
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The version of the last event that the view shows; also its ETag. */
  readonly version: number;
}

export function viewOf(order: ExistingOrder): OrderView {
  const { parked, lines, payment, paymentMethod, requestHash: _hash, correlationId: _id, ...shown } = order;
  return {
    ...shown,
    parked: parked.length > 0,
    ...(parked.length > 0 ? { parkedCompensations: parked } : {}),
    items: lines.map((line) => ({ ...line, lineTotal: times(line.unitPrice, line.quantity) })),
    payment: { method: paymentMethod, ...payment },
  };
}
