import type { Money } from '../../shared/kernel/money.ts';
import type { CarrierReport } from './tracking.ts';

/** What a carrier has booked. */
export interface Booking {
  /** The carrier's own id. */
  readonly bookingId: string;
  /** The carrier's name for customers. */
  readonly carrier: string;
  readonly trackingNumber: string;
  /** The version of the order's event that it was made for. */
  readonly revision: number;
  readonly service?: string | undefined;
  /** Where the label is to be had. */
  readonly labelUrl?: string | undefined;
  readonly cost?: Money | undefined;
  /** ISO 8601, UTC. */
  readonly estimatedDeliveryAt?: string | undefined;
  /** What it has said of the parcel, in the order in which it was said. */
  readonly reports?: readonly CarrierReport[] | undefined;
}

/**
 * A shipment as the carrier has it.
 * - `none`: the carrier has never heard of it
 * - `refused`: the carrier does not deliver to the address, for good; nothing is booked
 * - `booked`: the carrier will deliver it, as the booking of this `revision` said
 * - `cancelled`: it was booked, and is not any more
 * - `withdrawn`: cancelled before it was booked; nothing was, and nothing ever will be
 */
export type Shipment =
  | { readonly status: 'none' }
  | { readonly status: 'refused' }
  | ({ readonly status: 'booked' } & Booking)
  | { readonly status: 'cancelled'; readonly bookingId: string }
  | { readonly status: 'withdrawn' };
