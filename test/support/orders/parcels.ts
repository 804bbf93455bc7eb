/** An order that travels in two parcels, from two locations. */
import type { OrderEvent, ShipmentTracked } from '../../../functions/published/order-events.ts';
import { DEFAULT_LOCATION, type LocationId } from '../../../functions/shared/kernel/location.ts';
import { shipmentIdOf } from '../../../functions/shared/kernel/shipment-id.ts';
import { created, EVENTS, line, ORDER_ID, priced, START } from './streams.ts';

export const NORTH = 'north' as LocationId;
export const FIRST = shipmentIdOf(ORDER_ID, 1);
export const SECOND = shipmentIdOf(ORDER_ID, 2);
export const MUGS = { sku: line('MUG-BLUE').sku, quantity: 2 };
export const SHIRTS = { sku: line('TSHIRT').sku, quantity: 1 };

const lines = [line('MUG-BLUE', 2), line('TSHIRT', 1)];
const { total } = priced(lines);
const by = { carrier: 'carrier', service: 'standard' };

const booked = (shipmentId: typeof FIRST, bookingId: string): OrderEvent => ({
  type: 'ShipmentArranged',
  data: { shipmentId, bookingId, carrier: 'Sim Express', trackingNumber: `TRK-${bookingId}` },
});

/** Reserved, authorised and planned. */
export const PLANNED_IN_TWO: readonly OrderEvent[] = [
  created(lines),
  {
    type: 'InventoryReserved',
    data: {
      lines: [
        { ...MUGS, location: DEFAULT_LOCATION },
        { ...SHIRTS, location: NORTH },
      ],
    },
  },
  { type: 'PaymentAuthorised', data: { paymentId: 'pay-1', amount: total } },
  {
    type: 'ShipmentsPlanned',
    data: {
      revision: 1,
      shipments: [
        { shipmentId: FIRST, location: DEFAULT_LOCATION, items: [MUGS], ...by },
        { shipmentId: SECOND, location: NORTH, items: [SHIRTS], ...by },
      ],
    },
  },
];

export const [FIRST_BOOKED, SECOND_BOOKED] = [booked(FIRST, 'shp-1'), booked(SECOND, 'shp-2')] as const;

/** Confirmed: both are booked and paid. */
export const IN_TWO_PARCELS: readonly OrderEvent[] = [
  ...PLANNED_IN_TWO,
  FIRST_BOOKED,
  SECOND_BOOKED,
  { type: 'PaymentCaptured', data: { paymentId: 'pay-1', amount: total } },
  EVENTS.confirmed,
];

/** The first of them leaves. */
export const LEAVING: readonly OrderEvent[] = [
  { type: 'ShipmentHandedOver', data: { shipmentId: FIRST, items: [MUGS], location: DEFAULT_LOCATION } },
  { type: 'OrderShipped', data: {} },
];
export const SECOND_LEAVES: OrderEvent = {
  type: 'ShipmentHandedOver',
  data: { shipmentId: SECOND, items: [SHIRTS], location: NORTH },
};

/** The carrier tells of a parcel, `seconds` after the order began. */
export const tracked = (
  shipmentId: typeof FIRST,
  status: ShipmentTracked['data']['status'],
  seconds = 100,
): ShipmentTracked => ({
  type: 'ShipmentTracked',
  data: { shipmentId, status, at: new Date(START + 1_000 * seconds).toISOString(), reportId: `${status}-${seconds}` },
});
