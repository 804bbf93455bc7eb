import { concludeStep } from '../../shared/saga-step/conclude-step.ts';
import { readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import type { ForwardStep } from '../../shared/saga-step/step-input.ts';
import { changesDelivery, isWanted, stopWhileItemsChange } from '../../shared/saga-step/stop-conditions.ts';
import { afterBooking } from '../domain/arrange-shipment.ts';
import type { ShippingDeps } from './ports.ts';

/**
 * Books the delivery of the order's goods and records ShipmentArranged; a booking of the order as it was before a change is
 * replaced.
 * @throws AddressRefused, ShipmentWithdrawn, CarrierUnavailable, ShipmentOutcomeUnknown, CancellationRequested,
 *   CancellationAfterAttempt, OrderChanged while the customer changes items or address, OrderNotFound, ConcurrencyConflict
 */
export async function bookShipment(deps: ShippingDeps, step: ForwardStep): Promise<void> {
  const order = await readOrderSoFar(deps.log, step.orderId);
  if (!(await isWanted(deps, order, step))) return;
  stopWhileItemsChange(order);
  const shipment = await deps.carrier.book(step.orderId, {
    address: order.shippingAddress,
    parcels: order.lines.map(({ sku, quantity }) => ({ sku, quantity })),
    revision: order.revision,
  });
  const outcome = afterBooking(step.orderId, shipment);
  await concludeStep(deps, { order, step: 'CreateShipment', outcome, outdatedBy: changesDelivery });
}
