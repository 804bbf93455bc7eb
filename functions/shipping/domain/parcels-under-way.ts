/** Which parcels of an order a carrier has, and since when it has told nothing of them. Pure. */
import type { RecordedOrderEvent } from '../../published/order-events.ts';
import type { ShipmentId } from '../../shared/kernel/shipment-id.ts';
import type { TrackedStatus } from './tracking.ts';

export interface ParcelUnderWay {
  readonly shipmentId: ShipmentId;
  /** When the last news of it was recorded: ISO 8601, UTC. */
  readonly newsAt: string;
}

const ENDS: readonly TrackedStatus[] = ['delivered', 'lost', 'returned_to_sender'];

/** A parcel whose task a person has settled is not waited for any more. */
export function parcelsUnderWay(stream: readonly RecordedOrderEvent[]): readonly ParcelUnderWay[] {
  const newsAt = new Map<string, string>();
  const over = new Set<string>();
  for (const event of stream) {
    switch (event.type) {
      case 'ShipmentHandedOver':
        newsAt.set(event.data.shipmentId, event.occurredAt);
        break;
      case 'ShipmentTracked':
        newsAt.set(event.data.shipmentId, event.occurredAt);
        if (ENDS.includes(event.data.status)) over.add(event.data.shipmentId);
        break;
      case 'ShipmentDelivered':
        over.add(event.data.shipmentId);
        break;
      case 'TaskResolved':
        if (event.data.resolution !== 'completed' && event.data.shipmentId !== undefined) {
          over.add(event.data.shipmentId);
        }
        break;
      default:
    }
  }
  return [...newsAt]
    .filter(([shipmentId]) => !over.has(shipmentId))
    .map(([shipmentId, at]) => ({ shipmentId: shipmentId as ShipmentId, newsAt: at }));
}

/**
 * When the carrier is to be asked next: milliseconds since the epoch.
 * @param newsAt when the last news of each parcel was recorded, in milliseconds since the epoch: at least one
 * @param askAfterSeconds how long a carrier may tell nothing of a parcel before it is asked, each time
 */
export function nextLook(now: number, newsAt: readonly number[], askAfterSeconds: number): number {
  const pauseMs = 1_000 * askAfterSeconds;
  return Math.min(...newsAt.map((at) => (at + pauseMs > now ? at + pauseMs : now + pauseMs)));
}
