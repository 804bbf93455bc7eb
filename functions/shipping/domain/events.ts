/** What shipping records in the stream of an order. */
import type { Event, Upcaster, Upcasters } from '../../shared/kernel/events.ts';
import type { LocationId } from '../../shared/kernel/location.ts';
import type { Money } from '../../shared/kernel/money.ts';
import type { ShipmentId } from '../../shared/kernel/shipment-id.ts';
import type { Units } from '../../shared/kernel/units.ts';
import type { TrackingReport } from './tracking.ts';

/** One parcel as it is planned. */
export interface PlannedShipment {
  readonly shipmentId: ShipmentId;
  /** Where it leaves. */
  readonly location: LocationId;
  /** What is in it, each article once. */
  readonly items: readonly Units[];
  /** The partner that is to carry it. */
  readonly carrier: string;
  /** The carrier's product, such as `standard`. */
  readonly service: string;
}

/** How the goods of an order are to travel. A later plan takes the place of an earlier one, and names other shipments only where there are more or fewer. */
export type ShipmentsPlanned = Event<
  'ShipmentsPlanned',
  {
    /** The version of the event that changed items or address last: a plan for an older one is outdated. */
    readonly revision: number;
    /** In the order in which they are booked; at least one. */
    readonly shipments: readonly PlannedShipment[];
  }
>;

/** The booking of a shipment at its carrier. */
interface Booked {
  /** @default the first shipment of the order: before there were several, events did not name it */
  readonly shipmentId?: ShipmentId;
  /** The carrier's own id. */
  readonly bookingId: string;
}

export type ShipmentArranged = Event<
  'ShipmentArranged',
  Booked & {
    /** The carrier's name for customers. */
    readonly carrier: string;
    readonly trackingNumber: string;
    readonly service?: string;
    /** Where the label is to be had. It has the address on it. */
    readonly labelUrl?: string;
    /** What the carrier takes for it. */
    readonly cost?: Money;
    /** ISO 8601, UTC. */
    readonly estimatedDeliveryAt?: string;
  }
>;
export type ShipmentCancelled = Event<'ShipmentCancelled', Booked>;

/** The carrier has told how far a parcel is. It may tell late, in another order, and what contradicts itself: see `parcelAfter` of orders. */
export type ShipmentTracked = Event<'ShipmentTracked', TrackingReport>;

export type ShipmentEvent = ShipmentsPlanned | ShipmentArranged | ShipmentCancelled | ShipmentTracked;

/** Version 2 knows several shipments. Before it, `shipmentId` was what the carrier called the only one. */
export const bookingToV2: Upcaster = ({ shipmentId, ...data }) => ({ ...data, bookingId: shipmentId });

export const SHIPMENT_UPCASTERS: Upcasters<ShipmentEvent> = {
  ShipmentsPlanned: [],
  ShipmentArranged: [bookingToV2],
  ShipmentCancelled: [bookingToV2],
  ShipmentTracked: [],
};

/** Each event in a few words, for documents. */
export const SHIPMENT_MEANINGS: Readonly<Record<ShipmentEvent['type'], string>> = {
  ShipmentsPlanned: 'it is decided which parcels the goods travel in, and who carries them',
  ShipmentArranged: 'the carrier has booked a shipment',
  ShipmentCancelled: 'a shipment was cancelled',
  ShipmentTracked: 'the carrier has told how far a parcel is',
};
