import type {
  AppliedDiscount,
  CancellationReason,
  Contact,
  OrderLine,
  ShippingAddress,
} from '../../published/order-events.ts';
import { type Money, times } from '../../shared/kernel/money.ts';
import type { OrderShipment } from './shipments.ts';
import type { Backorder, ExistingOrder, ParkedCompensation, Payment, Refund, Return, Shipment } from './state.ts';

/** One order as its customer and operators read it. */
export interface OrderView {
  readonly orderId: string;
  readonly customerId: string;
  readonly customer: Contact;
  readonly status: ExistingOrder['status'];
  /** Only on orders that are cancelled or being cancelled. */
  readonly reason?: CancellationReason;
  /** Whether a compensation is parked. */
  readonly parked: boolean;
  readonly parkedCompensations?: readonly ParkedCompensation[];
  readonly items: readonly (OrderLine & { readonly lineTotal: Money })[];
  /** A change of items that is being carried out. */
  readonly itemsChange?: { readonly changeId: string };
  /** The goods that it waits for. */
  readonly backorder?: Backorder;
  readonly subtotal: Money;
  readonly discounts: readonly AppliedDiscount[];
  readonly total: Money;
  readonly shippingAddress: ShippingAddress;
  readonly payment: Payment & { readonly method: string };
  readonly shipment: Shipment;
  readonly shipments: readonly OrderShipment[];
  readonly refunds: readonly Refund[];
  readonly returns: readonly Return[];
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The version of the last event that the view shows; also its ETag. */
  readonly version: number;
}

export function viewOf(order: ExistingOrder): OrderView {
  const { parked } = order;
  return {
    orderId: order.orderId,
    version: order.version,
    status: order.status,
    ...('reason' in order ? { reason: order.reason } : {}),
    parked: parked.length > 0,
    ...(parked.length > 0 ? { parkedCompensations: parked } : {}),
    customerId: order.customerId,
    customer: order.customer,
    items: order.lines.map(itemOf),
    ...(order.itemsChange ? { itemsChange: order.itemsChange } : {}),
    ...(order.backorder ? { backorder: order.backorder } : {}),
    subtotal: order.subtotal,
    discounts: order.discounts,
    total: order.total,
    shippingAddress: order.shippingAddress,
    payment: { method: order.paymentMethod, ...order.payment },
    shipment: order.shipment,
    shipments: order.shipments,
    refunds: order.refunds,
    returns: order.returns,
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
  };
}

const itemOf = ({ sku, name, quantity, unitPrice, discount, net }: OrderLine) => ({
  sku,
  name,
  quantity,
  unitPrice,
  lineTotal: times(unitPrice, quantity),
  discount,
  net,
});
