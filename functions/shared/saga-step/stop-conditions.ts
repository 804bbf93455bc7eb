/** When a step must not do, or must not record, what it was called for. */
import type { ItemsChangeRequested, OrderEventType, RecordedOrderEvent } from '../../published/order-events.ts';
import { CancellationAfterAttempt, CancellationRequested, ItemsChangeNotPossible, OrderChanged } from './errors.ts';
import type { OrderSoFar } from './order-so-far.ts';
import type { ChangeStep, ForwardStep } from './step-input.ts';

/**
 * Stops a forward step of an order that is to be cancelled.
 * @throws CancellationRequested when this step has done nothing, CancellationAfterAttempt when an earlier attempt may have
 *   had an effect
 */
export function stopIfCancelled({ cancelled }: OrderSoFar, { orderId, attempt }: ForwardStep): void {
  if (!cancelled) return;
  throw attempt === 0 ? new CancellationRequested(orderId) : new CancellationAfterAttempt(orderId);
}

/**
 * Stops a step whose work depends on the order's items while the customer changes them; the state machine tries it again.
 * @throws OrderChanged
 */
export function stopWhileItemsChange({ pendingChange, created: { orderId } }: OrderSoFar): void {
  if (pendingChange !== undefined) throw new OrderChanged(orderId);
}

/**
 * The change of items that a step is to carry out; undefined when it was answered before, so that nothing is left to do.
 * @throws ItemsChangeNotPossible when the order has gone too far since the change was requested
 */
export function changeToMake(
  { pendingChange, cancelled, shipmentArranged }: OrderSoFar,
  { orderId, changeId }: ChangeStep,
): RecordedOrderEvent<ItemsChangeRequested> | undefined {
  if (pendingChange?.data.changeId !== changeId) return undefined;
  if (cancelled || shipmentArranged) throw new ItemsChangeNotPossible(orderId, changeId);
  return pendingChange;
}

const CHANGES_OF_ITEMS: readonly OrderEventType[] = ['ItemsChangeRequested', 'ItemsChanged'];

/** Whether an event outdates what a step has done for the items as they were before. */
export const changesItems = ({ type }: RecordedOrderEvent): boolean => CHANGES_OF_ITEMS.includes(type);

/** Whether an event outdates what a step has done for the items and the address as they were before. */
export const changesDelivery = (event: RecordedOrderEvent): boolean =>
  changesItems(event) || event.type === 'AddressChanged';
