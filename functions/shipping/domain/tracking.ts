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

/** What a carrier says of a parcel at one moment. */
export interface CarrierReport {
  /** The same for every repetition. */
  readonly reportId: string;
  readonly status: TrackedStatus;
  /** When it happened, as the carrier has it: ISO 8601, UTC. */
  readonly at: string;
}

/** One report of a carrier, and the shipment that it is about. */
export interface TrackingReport extends CarrierReport {
  readonly shipmentId: ShipmentId;
}
