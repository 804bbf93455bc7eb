import { times, type Money } from '../../shared/kernel/money.ts';
import type { OrderLine, CancellationReason } from '../../shared/kernel/order-events.ts';
import type { ExistingOrder, ParkedCompensation, Payment, Shipment } from './state.ts';

/** One order as clients read it. */
export interface OrderView {
  readonly orderId: string;
  readonly customerId: string;
  readonly status: ExistingOrder['status'];
  /** Only on cancelled orders. */
  readonly reason?: CancellationReason;
  /** Whether a compensation waits for a person. */
  readonly parked: boolean;
  readonly parkedCompensations?: readonly ParkedCompensation[];
  readonly items: readonly (OrderLine & { readonly lineTotal: Money })[];
  readonly total: Money;
  readonly payment: Payment & { readonly method: string };
  readonly shipment: Shipment;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The version of the last event that the view shows. */
  readonly version: number;
}

export function viewOf(order: ExistingOrder): OrderView {
  const { orderId, customerId, status, parked, lines, total, payment, paymentMethod, shipment, createdAt, updatedAt, version } = order;
  return {
    orderId, customerId, status,
    ...(order.status === 'cancelled' ? { reason: order.reason } : {}),
    parked: parked.length > 0,
    ...(parked.length > 0 ? { parkedCompensations: parked } : {}),
    items: lines.map((line) => ({ ...line, lineTotal: times(line.unitPrice, line.quantity) })),
    total,
    payment: { method: paymentMethod, ...payment },
    shipment, createdAt, updatedAt, version,
  };
}

/** Whether the saga has decided on the order: until then a view may be a moment older than the log. */
export const isDecided = ({ status }: OrderView): boolean => status === 'processing' || status === 'cancelled';
