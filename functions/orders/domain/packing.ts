/** What those who pack have to do: the parcels that are booked and have not left, and the units to pick for them. Pure. */
import { type LocationId, locationOf } from '../../shared/kernel/location.ts';
import type { ShipmentId } from '../../shared/kernel/shipment-id.ts';
import type { Units } from '../../shared/kernel/units.ts';
import type { OrderView } from './order-view.ts';

/** A unit has the name that its order shows. */
export interface NamedUnits extends Units {
  readonly name: string;
}

/** A parcel, with what its packer has to know of the order. */
export interface ParcelToPack {
  readonly orderId: string;
  readonly shipmentId: ShipmentId;
  /** Where it leaves; absent for orders whose shipment was booked before there were plans. */
  readonly location?: LocationId;
  readonly carrier: string;
  readonly service?: string;
  readonly trackingNumber?: string;
  readonly labelUrl?: string;
  readonly items: readonly NamedUnits[];
  readonly shippingAddress: OrderView['shippingAddress'];
  /** When the order was placed: ISO 8601, UTC. */
  readonly orderedAt: string;
}

const PACKED_IN: readonly OrderView['status'][] = ['processing', 'shipped'];

const bookedIn = ({ status, shipments }: OrderView): OrderView['shipments'] =>
  PACKED_IN.includes(status) ? shipments.filter((parcel) => parcel.status === 'booked') : [];

/** Whether the order has a parcel to pack. */
export const isToBePacked = (view: OrderView): boolean => bookedIn(view).length > 0;

/**
 * The parcels of an order that are to be handed over: none before the order is confirmed, since it may still be cancelled.
 * @param location where they leave. @default anywhere
 */
export function parcelsToPack(view: OrderView, location?: LocationId): readonly ParcelToPack[] {
  const names = new Map(view.items.map(({ sku, name }) => [sku, name]));
  return bookedIn(view)
    .filter((parcel) => location === undefined || locationOf(parcel) === location)
    .map(({ shipmentId, location: from, carrier, service, trackingNumber, labelUrl, items }) => ({
      orderId: view.orderId,
      shipmentId,
      ...(from === undefined ? {} : { location: from }),
      carrier,
      ...(service === undefined ? {} : { service }),
      ...(trackingNumber === undefined ? {} : { trackingNumber }),
      ...(labelUrl === undefined ? {} : { labelUrl }),
      items: items.map(({ sku, quantity }) => ({ sku, name: names.get(sku) ?? sku, quantity })),
      shippingAddress: view.shippingAddress,
      orderedAt: view.createdAt,
    }));
}

/** The units that are to be picked for the parcels: each article once, in the order in which the parcels need them. */
export function picksFor(parcels: readonly ParcelToPack[]): readonly NamedUnits[] {
  const picks = new Map<string, NamedUnits>();
  for (const { sku, name, quantity } of parcels.flatMap(({ items }) => items)) {
    picks.set(sku, { sku, name, quantity: quantity + (picks.get(sku)?.quantity ?? 0) });
  }
  return [...picks.values()];
}
