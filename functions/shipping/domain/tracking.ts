/** What a carrier tells of a parcel on its way. Pure. */
import type { ShipmentId } from '../../shared/kernel/shipment-id.ts';

/** What a carrier can say of a parcel that it has. Part of the API. */
export const TRACKED_STATUSES = [
  'handed_over',
  'in_transit',
  'out_for_delivery',
  'delivery_attempted',
  'returned_to_sender',
  'lost',
  'delivered',
] as const;
export type TrackedStatus = (typeof TRACKED_STATUSES)[number];

/** One report of a carrier. */
export interface TrackingReport {
  readonly shipmentId: ShipmentId;
  /** The same for every repetition. */
  readonly reportId: string;
  readonly status: TrackedStatus;
  /** When it happened, as the carrier has it: ISO 8601, UTC. */
  readonly at: string;
}
