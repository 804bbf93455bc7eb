/** When nothing is left to be done for an order. */
import type { ExistingOrder } from '../../functions/orders/domain/state.ts';
import { isFinal } from '../../launch/clients/orders-client.ts';
import type { Kind } from './load.ts';

/** @param running the names of executions that have not ended, which begin with their order's id */
export function isAtRest(kind: Kind, order: ExistingOrder, running: readonly string[]): boolean {
  // An undo that fails for good waits for a person, in an execution that goes on.
  const worksOn = !kind.undoFails && running.some((name) => name.startsWith(order.orderId));
  const refunding = order.refunds.some(({ status }) => status === 'requested');
  return isFinal(order) && !worksOn && !order.itemsChange && !refunding;
}
