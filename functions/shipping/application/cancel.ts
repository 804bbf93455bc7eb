import { concludeStep } from '../../shared/saga-step/conclude-step.ts';
import { readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import type { Step } from '../../shared/saga-step/step-input.ts';
import { isToBeUndone } from '../../shared/saga-step/stop-conditions.ts';
import { afterCancellation } from '../domain/arrange-shipment.ts';
import type { ShippingDeps } from './ports.ts';

/**
 * Cancels the delivery, and keeps a late booking from being made. Records ShipmentCancelled; nothing when nothing was booked.
 * Does nothing when the log has nothing to undo.
 * @throws CarrierUnavailable, ShipmentOutcomeUnknown, OrderNotFound, ConcurrencyConflict
 */
export async function cancelShipment(deps: ShippingDeps, { orderId }: Step): Promise<void> {
  const order = await readOrderSoFar(deps.log, orderId);
  if (!isToBeUndone(order, 'CancelShipment')) return;
  const shipment = await deps.carrier.cancel(orderId);
  await concludeStep(deps, { order, step: 'CancelShipment', outcome: afterCancellation(orderId, shipment) });
}
