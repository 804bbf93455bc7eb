/** When nothing is left to be done for an order. */
import type { ExistingOrder } from '../../functions/orders/domain/state.ts';
import type { OrderEventType } from '../../functions/published/order-events.ts';
import { isFinal } from '../../launch/clients/orders-client.ts';
import type { BookedOrder } from './books.ts';

/** What each is undone by. */
const UNDONE_BY = [
  ['InventoryReserved', 'InventoryReleased'],
  ['ShipmentArranged', 'ShipmentCancelled'],
] as const satisfies readonly (readonly [OrderEventType, OrderEventType])[];

/** @param running the names of executions that have not ended, which begin with their order's id */
export function isAtRest({ kind, events }: BookedOrder, order: ExistingOrder, running: readonly string[]): boolean {
  const refunding = order.refunds.some(({ status }) => status === 'requested');
  if (!isFinal(order) || order.itemsChange || refunding) return false;
  const has = (type: OrderEventType): boolean => events.some((event) => event.type === type);
  if (has('OrderShipped') && !has('ReservationConfirmed')) return false;
  // A refund that fails for good waits for a person, in an execution that goes on; everything else of it is undone.
  if (kind.undoFails && order.status === 'cancelled') {
    return UNDONE_BY.every(([done, undone]) => !has(done) || has(undone));
  }
  return !running.some((name) => name.startsWith(order.orderId));
}
