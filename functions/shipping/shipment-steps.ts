import type { OrderId } from '../shared/kernel/ids.ts';
import { concludeStep, type ConclusionDeps } from '../shared/order-log/conclude-step.ts';
import { afterBooking, afterCancellation } from './domain/arrange-shipment.ts';
import type { Carrier } from './ports.ts';

export interface ShippingDeps extends ConclusionDeps {
  readonly carrier: Carrier;
}

interface Step {
  readonly orderId: OrderId;
  /** Where the saga last knew the order's stream to end. */
  readonly version: number;
}

/**
 * Books the delivery of the order's goods. Resolves to the version of ShipmentArranged.
 * @throws AddressRefused, ShipmentWithdrawn, CarrierUnavailable, ShipmentOutcomeUnknown, OrderNotFound, ConcurrencyConflict
 */
export async function createShipment(deps: ShippingDeps, { orderId, version }: Step): Promise<number> {
  const created = await deps.log.readCreated(orderId);
  const { shippingAddress, lines } = created.data;
  const parcels = lines.map(({ sku, quantity }) => ({ sku, quantity }));
  const shipment = await deps.carrier.book(orderId, { address: shippingAddress, parcels, revision: created.version });
  return concludeStep(deps, { created, step: 'CreateShipment', atVersion: version, outcome: afterBooking(orderId, shipment) });
}

/**
 * Cancels the delivery, and keeps a late booking from being made. Resolves to the version of ShipmentCancelled; to
 * `version` when nothing was booked, which is not recorded.
 * @throws CarrierUnavailable, ShipmentOutcomeUnknown, OrderNotFound, ConcurrencyConflict
 */
export async function cancelShipment(deps: ShippingDeps, { orderId, version }: Step): Promise<number> {
  const created = await deps.log.readCreated(orderId);
  const shipment = await deps.carrier.cancel(orderId);
  return concludeStep(deps, { created, step: 'CancelShipment', atVersion: version, outcome: afterCancellation(orderId, shipment) });
}
