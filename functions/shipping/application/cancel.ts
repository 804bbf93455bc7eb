import type { ShipmentCancelled } from '../../published/order-events.ts';
import { shipmentsNamed } from '../../published/order-shipments.ts';
import type { ShipmentId } from '../../shared/kernel/shipment-id.ts';
import { readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import { fact, recordFacts } from '../../shared/saga-step/record-fact.ts';
import type { Step } from '../../shared/saga-step/step-input.ts';
import { isToBeUndone } from '../../shared/saga-step/stop-conditions.ts';
import { afterCancellation } from '../domain/arrange-shipment.ts';
import type { ShippingDeps } from './ports.ts';

const STEP = 'CancelShipment';

/**
 * Cancels every shipment that any plan of the order has named, and keeps late bookings from being made. Records ShipmentCancelled for each that was booked.
 * Does nothing when the log has nothing to undo.
 * @throws CarrierUnavailable, ShipmentOutcomeUnknown, OrderNotFound, ConcurrencyConflict
 */
export async function cancelShipments(deps: ShippingDeps, { orderId }: Step): Promise<void> {
  const { carrier, log, now } = deps;
  const done = new Map<ShipmentId, ShipmentCancelled | undefined>();
  let order = await readOrderSoFar(log, orderId);
  if (!isToBeUndone(order, 'CancelShipment')) return;
  for (;;) {
    const left = shipmentsNamed(order.stream).filter((shipmentId) => !done.has(shipmentId));
    if (left.length === 0) break;
    for (const shipmentId of left) {
      const { fact: cancelled, refusal } = afterCancellation(shipmentId, await carrier.cancel(shipmentId));
      if (refusal) throw refusal;
      done.set(shipmentId, cancelled);
    }
    // An attempt that found the tombstone of the first shipment books no others. One that was quicker has recorded its plan before.
    if ([...done.values()].every((cancelled) => cancelled === undefined)) return;
    order = await readOrderSoFar(log, orderId);
  }
  const events = [...done.values()].flatMap((cancelled) =>
    cancelled === undefined ? [] : [fact(order.cause, cancelled, STEP, now())],
  );
  await recordFacts(log, {
    orderId,
    atVersion: order.version,
    events: events.filter(({ eventId }) => !order.recorded.has(eventId)),
  });
}
