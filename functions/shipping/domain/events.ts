/** What shipping records in the stream of an order. */
import type { Event, Upcasters } from '../../shared/kernel/events.ts';

export type ShipmentArranged = Event<
  'ShipmentArranged',
  { readonly shipmentId: string; readonly carrier: string; readonly trackingNumber: string }
>;
export type ShipmentCancelled = Event<'ShipmentCancelled', { readonly shipmentId: string }>;

export type ShipmentEvent = ShipmentArranged | ShipmentCancelled;

export const SHIPMENT_UPCASTERS: Upcasters<ShipmentEvent> = {
  ShipmentArranged: [],
  ShipmentCancelled: [],
};

/** Each event in a few words, for documents. */
export const SHIPMENT_MEANINGS: Readonly<Record<ShipmentEvent['type'], string>> = {
  ShipmentArranged: 'the carrier has booked the shipment',
  ShipmentCancelled: 'the shipment was cancelled',
};
