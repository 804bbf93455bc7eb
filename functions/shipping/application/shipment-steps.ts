import type { OrderId } from '../../shared/kernel/ids.ts';
import { type ConclusionDeps, concludeStep } from '../../shared/saga-step/conclude-step.ts';
import { OrderChanged } from '../../shared/saga-step/errors.ts';
import { isChange, readOrderSoFar, stopIfCancelled } from '../../shared/saga-step/order-so-far.ts';
import { afterBooking, afterCancellation } from '../domain/arrange-shipment.ts';
import type { Carrier } from './ports.ts';

export interface ShippingDeps extends ConclusionDeps {
  readonly carrier: Carrier;
}

interface Step {
  readonly orderId: OrderId;
  /** Where the saga last knew the order's stream to end. */
  readonly version: number;
}

interface ForwardStep extends Step {
  /** How often the state machine has tried this step before. */
  readonly attempt: number;
}

/**
 * Books the delivery of the order's goods; a booking for what the order was before a change is replaced. Resolves to the
 * version of ShipmentArranged.
 * @throws AddressRefused, ShipmentWithdrawn, CarrierUnavailable, ShipmentOutcomeUnknown, CancellationRequested,
 *   CancellationAfterAttempt, OrderChanged while the customer changes items or address, OrderNotFound, ConcurrencyConflict
 */
export async function createShipment(deps: ShippingDeps, { orderId, attempt }: ForwardStep): Promise<number> {
  const order = await readOrderSoFar(deps.log, orderId);
  stopIfCancelled(order, attempt);
  if (order.pendingChange !== undefined) throw new OrderChanged(orderId);
  const parcels = order.lines.map(({ sku, quantity }) => ({ sku, quantity }));
  const shipment = await deps.carrier.book(orderId, {
    address: order.shippingAddress,
    parcels,
    revision: order.revision,
  });
  return concludeStep(deps, {
    order,
    step: 'CreateShipment',
    outcome: afterBooking(orderId, shipment),
    outdatedBy: isChange,
  });
}

/**
 * Cancels the delivery, and keeps a late booking from being made. Resolves to the version of ShipmentCancelled; to
 * `version` when nothing was booked, which is not recorded.
 * @throws CarrierUnavailable, ShipmentOutcomeUnknown, OrderNotFound, ConcurrencyConflict
 */
export async function cancelShipment(deps: ShippingDeps, { orderId }: Step): Promise<number> {
  const order = await readOrderSoFar(deps.log, orderId);
  const shipment = await deps.carrier.cancel(orderId);
  return concludeStep(deps, { order, step: 'CancelShipment', outcome: afterCancellation(orderId, shipment) });
}
