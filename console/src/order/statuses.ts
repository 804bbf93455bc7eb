import type { Order, OrderStatus } from '../api/types.ts';

/** In the order of an order's life. The compiler holds that none is missing. */
const ALL: Readonly<Record<OrderStatus, true>> = {
  held: true,
  created: true,
  backordered: true,
  inventory_reserved: true,
  payment_pending: true,
  payment_completed: true,
  payment_failed: true,
  processing: true,
  shipped: true,
  delivered: true,
  cancelling: true,
  cancelled: true,
  refunded: true,
};
export const ORDER_STATUSES = Object.keys(ALL) as readonly OrderStatus[];

const AT_REST: readonly OrderStatus[] = [
  'held',
  'backordered',
  'processing',
  'shipped',
  'delivered',
  'cancelled',
  'refunded',
];
const FINAL: readonly OrderStatus[] = ['delivered', 'cancelled', 'refunded'];

/** Whether nothing more happens by itself in the next seconds, so that the order is looked at less often. */
export const isAtRest = ({ status, parked }: { readonly status: OrderStatus; readonly parked: boolean }): boolean =>
  AT_REST.includes(status) || parked;

/** Whether nothing more happens to it without a command: polling stops. */
export const isFinal = ({ status, parked, refunds }: Pick<Order, 'status' | 'parked' | 'refunds'>): boolean =>
  FINAL.includes(status) && !parked && refunds.every((refund) => refund.status !== 'requested');
