import type { OrderStatus } from '../api/types.ts';

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

/** Whether its checkout is over: polling stops; a command of the reader starts it again. */
export const isFinal = ({ status, parked }: { readonly status: OrderStatus; readonly parked: boolean }): boolean =>
  FINAL.includes(status) && !parked;
