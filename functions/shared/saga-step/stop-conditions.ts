/** When a step must not do, or must not record, what it was called for. */
import type {
  Compensation,
  ItemsChangeRequested,
  OrderEventType,
  RecordedOrderEvent,
} from '../../published/order-events.ts';
import { ConcurrencyConflict } from '../kernel/errors.ts';
import type { StepDeps } from './conclude-step.ts';
import {
  CancellationAfterAttempt,
  CancellationRequested,
  ItemsChangeNotPossible,
  OrderChanged,
  OrderHeld,
} from './errors.ts';
import { cancelIfExpired } from './expired-reservation.ts';
import type { OrderSoFar } from './order-so-far.ts';
import type { ChangeStep, ForwardStep } from './step-input.ts';

/**
 * Whether a forward step has anything to do: not for an order that is confirmed, which it is after all of them. Its saga has started anew when the event
 * that starts it comes once more and its execution is forgotten, as after 90 days or in a platform that was restored; partners forget the keys of
 * requests as well. An order that is held, or that is to be cancelled, also because its reservation has expired by now, stops the step.
 * @throws OrderHeld; CancellationRequested when this step has done nothing, CancellationAfterAttempt when an earlier attempt may have
 *   had an effect; ConcurrencyConflict
 */
export async function isWanted(deps: StepDeps, order: OrderSoFar, { orderId, attempt }: ForwardStep): Promise<boolean> {
  if (order.held) throw new OrderHeld(orderId);
  if (order.confirmed && !order.cancelled) return false;
  if (!order.cancelled && !(await cancelIfExpired(deps, order))) return true;
  throw attempt === 0 ? new CancellationRequested(orderId) : new CancellationAfterAttempt(orderId);
}

/**
 * Whether the log says that there is something to undo: not for a held order, for nothing was done, and for a confirmed one only after a request.
 * Nor when a person has settled it.
 */
export const isToBeUndone = ({ held, confirmed, cancelled, settled }: OrderSoFar, step: Compensation): boolean =>
  (cancelled || !(held || confirmed)) && !settled.has(step);

/**
 * Stops a step whose work depends on the order's items while the customer changes them; the state machine tries it again.
 * @throws OrderChanged
 */
export function stopWhileItemsChange({ pendingChange, created: { orderId } }: OrderSoFar): void {
  if (pendingChange !== undefined) throw new OrderChanged(orderId);
}

const isDearer = ({ total }: OrderSoFar, change: ItemsChangeRequested): boolean =>
  change.data.total.amount > total.amount;

/**
 * Stops the authorisation while the customer changes the items, unless the order is to cost more: that change waits for the
 * authorisation of the order as it is. See docs/decisions/0089-changes-and-refunds-risk-nothing-that-the-customer-has.md.
 * @throws OrderChanged
 */
export function stopBeforeAuthorisation(order: OrderSoFar): void {
  const { pendingChange } = order;
  if (pendingChange !== undefined && !isDearer(order, pendingChange)) throw new OrderChanged(pendingChange.orderId);
}

/** Whether an event outdates an authorisation for the order as it was before. */
export const outdatesAuthorisation =
  (order: OrderSoFar) =>
  (event: RecordedOrderEvent): boolean =>
    event.type === 'ItemsChanged' || (event.type === 'ItemsChangeRequested' && !isDearer(order, event));

/**
 * The change of items that a step is to carry out; undefined when it was answered before, so that nothing is left to do.
 * @throws ItemsChangeNotPossible when the order has gone too far since the change was requested; ConcurrencyConflict when the order
 *   is to cost more before its payment is authorised: a card that is not good for that would end the order
 */
export function changeToMake(
  order: OrderSoFar,
  { orderId, changeId }: ChangeStep,
): RecordedOrderEvent<ItemsChangeRequested> | undefined {
  const { pendingChange, cancelled, authorised, shipmentArranged } = order;
  if (pendingChange?.data.changeId !== changeId) return undefined;
  if (cancelled || shipmentArranged) throw new ItemsChangeNotPossible(orderId, changeId);
  if (!authorised && isDearer(order, pendingChange)) {
    throw new ConcurrencyConflict(
      `The payment of order ${orderId} is to be authorised before its items can cost more.`,
    );
  }
  return pendingChange;
}

const CHANGES_OF_DELIVERY: readonly OrderEventType[] = ['ItemsChangeRequested', 'ItemsChanged', 'AddressChanged'];

/** Whether an event outdates what a step has done for the items and the address as they were before. */
export const changesDelivery = ({ type }: RecordedOrderEvent): boolean => CHANGES_OF_DELIVERY.includes(type);
