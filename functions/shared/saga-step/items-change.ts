import type { ItemsChangeRequested, RecordedOrderEvent } from '../../published/order-events.ts';
import { ItemsChangeNotPossible } from './errors.ts';
import type { OrderSoFar } from './order-so-far.ts';

/**
 * The change of items that a step is to carry out; undefined when it was answered before, so that nothing is left to do.
 * @throws ItemsChangeNotPossible when the order has gone too far since it was asked for
 */
export function changeToMake(
  order: OrderSoFar,
  changeId: string,
): RecordedOrderEvent<ItemsChangeRequested> | undefined {
  const { pendingChange, cancelled, shipmentArranged, created } = order;
  if (pendingChange?.data.changeId !== changeId) return undefined;
  if (cancelled || shipmentArranged) throw new ItemsChangeNotPossible(created.orderId, changeId);
  return pendingChange;
}
