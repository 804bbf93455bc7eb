/** Which parcels the goods of an order travel in. Pure. See docs/decisions/0154-an-order-has-one-or-many-shipments.md. */
import type { ShipmentsPlanned } from '../../published/order-events.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { LocationId, UnitsAt } from '../../shared/kernel/location.ts';
import { numberOfShipment, type ShipmentId, shipmentIdOf } from '../../shared/kernel/shipment-id.ts';
import type { Units } from '../../shared/kernel/units.ts';

/** More would not fit into the time of one step: an order that needs more gets larger parcels. */
export const MOST_SHIPMENTS = 20;

export interface PlanSettings {
  /** At least 1. */
  readonly unitsPerParcel: number;
  readonly service: string;
}

export interface ToPlan {
  readonly orderId: OrderId;
  /** Where the goods are reserved. */
  readonly allocation: readonly UnitsAt[];
  readonly revision: number;
  /** The plan that is outdated; undefined before the first. */
  readonly before: ShipmentsPlanned['data'] | undefined;
  /** Every shipment that a plan of the order ever named. */
  readonly named: readonly ShipmentId[];
}

interface Parcel {
  readonly location: LocationId;
  readonly items: readonly Units[];
}

/**
 * A parcel leaves one location and holds no more units than the setting says. Shipments keep their ids from one plan to the next, so that their bookings are changed; an id that a
 * plan gave up is never used again, since its carrier takes no booking under it any more. The first shipment is in every plan.
 */
export function planShipments(
  { orderId, allocation, revision, before, named }: ToPlan,
  settings: PlanSettings,
  carrier: string,
): ShipmentsPlanned {
  const kept = before?.shipments.map(({ shipmentId }) => shipmentId) ?? [];
  const last = Math.max(0, ...named.map(numberOfShipment));
  const shipments = parcelsOf(allocation, settings.unitsPerParcel).map((parcel, index) => ({
    shipmentId: kept[index] ?? shipmentIdOf(orderId, last + 1 + index - kept.length),
    ...parcel,
    carrier,
    service: settings.service,
  }));
  return { type: 'ShipmentsPlanned', data: { revision, shipments } };
}

function parcelsOf(allocation: readonly UnitsAt[], unitsPerParcel: number): Parcel[] {
  const parcels = [...Map.groupBy(allocation, ({ location }) => location)].flatMap(([location, lines]) =>
    packed(lines, unitsPerParcel).map((items) => ({ location, items })),
  );
  const canBeFewer = allocation.reduce((sum, { quantity }) => sum + quantity, 0) > unitsPerParcel;
  return parcels.length > MOST_SHIPMENTS && canBeFewer ? parcelsOf(allocation, 2 * unitsPerParcel) : parcels;
}

/** Fills one parcel after the other, each article once in each. */
function packed(lines: readonly UnitsAt[], unitsPerParcel: number): Units[][] {
  const parcels: Units[][] = [];
  let room = 0;
  for (const { sku, quantity } of lines) {
    for (let left = quantity; left > 0; ) {
      if (room === 0) {
        parcels.push([]);
        room = unitsPerParcel;
      }
      const put = Math.min(left, room);
      parcels.at(-1)!.push({ sku, quantity: put });
      left -= put;
      room -= put;
    }
  }
  return parcels;
}
