import { shipmentsNamed } from '../../published/order-shipments.ts';
import { orderOfShipment } from '../../shared/kernel/shipment-id.ts';
import type { StepDeps } from '../../shared/saga-step/conclude-step.ts';
import { fact, recordFact } from '../../shared/saga-step/record-fact.ts';
import type { ReceivedNotification, TrackingMonitor, TrackingReaders } from './tracking-ports.ts';

export interface TrackingDeps extends StepDeps {
  readonly readers: TrackingReaders;
  readonly monitor: TrackingMonitor;
}

const STEP = 'ReceiveTracking';

/**
 * Stores what a carrier tells of a parcel before it is answered: ShipmentTracked in the stream of the order, once however often it comes. One that cannot be verified leaves a line in
 * the log, and nothing else. One about a parcel that there is not is taken, so that it does not come again.
 * @returns whether it is taken or refused; undefined when no carrier of that name tells us
 * @throws ConcurrencyConflict, and what the reader throws: then the carrier is not answered, and repeats it
 */
export async function receiveTracking(
  { log, now, readers, monitor }: TrackingDeps,
  carrier: string,
  received: ReceivedNotification,
): Promise<'taken' | 'refused' | undefined> {
  const reader = Object.hasOwn(readers, carrier) ? readers[carrier] : undefined;
  if (reader === undefined) return undefined;
  const verified = await reader.verify(received);
  if (!verified.ok) {
    monitor.refused(carrier, verified.refusal);
    return 'refused';
  }
  const report = verified.value;
  if (report === undefined) return 'taken';
  const orderId = orderOfShipment(report.shipmentId);
  const stream = await log.read(orderId);
  const [created] = stream;
  if (created === undefined || !shipmentsNamed(stream).includes(report.shipmentId)) {
    monitor.ofNoShipment(carrier, report.reportId);
    return 'taken';
  }
  const event = fact(created, { type: 'ShipmentTracked', data: report }, STEP, now());
  if (!stream.some(({ eventId }) => eventId === event.eventId)) {
    await recordFact(log, { orderId, atVersion: stream.length, event });
  }
  return 'taken';
}
