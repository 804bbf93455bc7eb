/** The shipments of an order: which there are, and how far each of them is. Pure. */
import type {
  PlannedShipment,
  RecordedOrderEvent,
  ShipmentArranged,
  ShipmentCancelled,
  ShipmentDelivered,
  ShipmentHandedOver,
  ShipmentsPlanned,
  ShipmentTracked,
} from '../../published/order-events.ts';
import type { LocationId } from '../../shared/kernel/location.ts';
import type { Money } from '../../shared/kernel/money.ts';
import { type ShipmentId, shipmentIdOf } from '../../shared/kernel/shipment-id.ts';
import { countOf, type Units } from '../../shared/kernel/units.ts';
import type { ArrangedShipment, DeliveringOrder, ExistingOrder, RefundedOrder, Shipment } from './state.ts';

/** In the order of a parcel's life; the last four end it otherwise than with the customer, or interrupt it. Part of the API. */
export const PARCEL_STATUSES = [
  'planned',
  'booked',
  'handed_over',
  'in_transit',
  'out_for_delivery',
  'delivery_attempted',
  'delivered',
  'returned_to_sender',
  'lost',
  'cancelled',
] as const;
export type ParcelStatus = (typeof PARCEL_STATUSES)[number];

type PackedOrder = DeliveringOrder | RefundedOrder;
type UnpackedOrder = Exclude<ExistingOrder, PackedOrder>;

/** One parcel of an order. */
export interface OrderShipment {
  readonly shipmentId: ShipmentId;
  readonly status: ParcelStatus;
  readonly items: readonly Units[];
  /** Where it leaves; absent for orders whose shipment was booked before there were plans. */
  readonly location?: LocationId;
  /** The carrier's name for customers; before the booking, the partner that is to carry it. */
  readonly carrier: string;
  readonly service?: string;
  /** The carrier's own id of the booking. */
  readonly bookingId?: string;
  readonly trackingNumber?: string;
  readonly labelUrl?: string;
  /** What the carrier takes for it. */
  readonly cost?: Money;
  /** ISO 8601, UTC; so are the others. */
  readonly estimatedDeliveryAt?: string;
  readonly handedOverAt?: string;
  readonly deliveredAt?: string;
  /** When what the carrier has told last happened. */
  readonly trackedAt?: string;
}

/** What was booked for a shipment stays with it when the plan changes: the next booking replaces it. */
function withPlan(order: UnpackedOrder, { data }: ShipmentsPlanned): ExistingOrder {
  const shipments = data.shipments.map(
    (planned: PlannedShipment): OrderShipment => ({ ...planned, status: 'planned' }),
  );
  return { ...order, shipments };
}

/** The order is arranged once all of its shipments are. */
function withBooking(order: UnpackedOrder, { data }: ShipmentArranged): ExistingOrder {
  const { shipmentId = shipmentIdOf(order.orderId, 1), ...booking } = data;
  const planned = order.shipments.length > 0 ? order.shipments : [unplanned(order, data.carrier)];
  const shipments = planned.map((each) =>
    each.shipmentId === shipmentId ? { ...each, ...booking, status: 'booked' as const } : each,
  );
  const shipment = arranged(shipments) ?? order.shipment;
  return { ...order, shipments, shipment };
}

/** The one shipment of an order that has no plan. */
const unplanned = ({ orderId, lines }: ExistingOrder, carrier: string): OrderShipment => ({
  shipmentId: shipmentIdOf(orderId, 1),
  status: 'planned',
  items: lines.map(({ sku, quantity }) => ({ sku, quantity })),
  carrier,
});

function arranged(shipments: readonly OrderShipment[]): ArrangedShipment | undefined {
  const [first] = shipments;
  if (first?.bookingId === undefined || first.trackingNumber === undefined) return undefined;
  if (shipments.some(({ status }) => status === 'planned')) return undefined;
  const { bookingId, carrier, trackingNumber } = first;
  return { status: 'arranged', shipmentId: bookingId, carrier, trackingNumber };
}

/** The order's shipment is cancelled with the first parcel that is: a compensation cancels all of them. */
function withCancelledBooking(order: UnpackedOrder, { data }: ShipmentCancelled): ExistingOrder {
  const { shipmentId = shipmentIdOf(order.orderId, 1) } = data;
  const shipments = order.shipments.map((each) =>
    each.shipmentId === shipmentId ? { ...each, status: 'cancelled' as const } : each,
  );
  return { ...order, shipments, shipment: cancelled(order.shipment) };
}

const cancelled = (shipment: Shipment): Shipment =>
  shipment.status === 'pending' ? shipment : { ...shipment, status: 'cancelled' };

/** Bookings change nothing any more once the order is confirmed. */
const isPacked = (order: ExistingOrder): order is PackedOrder =>
  order.status === 'processing' ||
  order.status === 'shipped' ||
  order.status === 'delivered' ||
  order.status === 'refunded';

/** Folds in what is said of one shipment, or of the plan. */
export function withShipping(
  order: ExistingOrder,
  event: RecordedOrderEvent<
    ShipmentsPlanned | ShipmentArranged | ShipmentCancelled | ShipmentHandedOver | ShipmentDelivered | ShipmentTracked
  >,
): ExistingOrder {
  switch (event.type) {
    case 'ShipmentHandedOver':
      return withHandOver(order, event.data.shipmentId, event.occurredAt);
    case 'ShipmentDelivered':
      return withDelivery(order, event.data.shipmentId, event.occurredAt);
    case 'ShipmentTracked':
      return changed(order, (each) =>
        each.shipmentId === event.data.shipmentId ? parcelAfter(each, event.data) : each,
      );
    case 'ShipmentsPlanned':
      return isPacked(order) ? order : withPlan(order, event);
    case 'ShipmentArranged':
      return isPacked(order) ? order : withBooking(order, event);
    case 'ShipmentCancelled':
      return isPacked(order) ? order : withCancelledBooking(order, event);
  }
}

/** Parcels only move forward along these, whatever comes late or contradicts itself: of the same rank, what happened last holds. */
const RANKS: Readonly<Record<ParcelStatus, number>> = {
  planned: 0,
  booked: 0,
  handed_over: 1,
  in_transit: 2,
  out_for_delivery: 3,
  delivery_attempted: 3,
  returned_to_sender: 4,
  lost: 4,
  delivered: 5,
  cancelled: 6,
};

/** The parcel after a report of its carrier. Of any reports, in whatever order and however often they come, the same is left in the end. */
export function parcelAfter(
  parcel: OrderShipment,
  { status, at }: Pick<ShipmentTracked['data'], 'status' | 'at'>,
): OrderShipment {
  const [rank, before] = [RANKS[status], RANKS[parcel.status]];
  const isNews = rank > before || (rank === before && at > (parcel.trackedAt ?? ''));
  return isNews ? { ...parcel, status, trackedAt: at } : parcel;
}

const withHandOver = (order: ExistingOrder, shipmentId: ShipmentId, at: string): ExistingOrder =>
  changed(order, (each) =>
    each.shipmentId === shipmentId
      ? { ...each, status: isStillHere(each) ? 'handed_over' : each.status, handedOverAt: each.handedOverAt ?? at }
      : each,
  );

const withDelivery = (order: ExistingOrder, shipmentId: ShipmentId, at: string): ExistingOrder =>
  changed(order, (each) => (each.shipmentId === shipmentId ? { ...each, status: 'delivered', deliveredAt: at } : each));

/** In streams of before there were several shipments, this alone says that the parcel has left. */
export const withAllHandedOver = <Order extends ExistingOrder>(order: Order, at: string): Order =>
  order.shipments.some(hasLeft)
    ? order
    : changed(order, (each) => (isStillHere(each) ? { ...each, status: 'handed_over', handedOverAt: at } : each));

/** As withAllHandedOver. */
export const withAllDelivered = <Order extends ExistingOrder>(order: Order, at: string): Order =>
  order.shipments.some(({ status }) => status === 'delivered')
    ? order
    : changed(order, (each) => (isAtItsEnd(each) ? each : { ...each, status: 'delivered', deliveredAt: at }));

/** What is not booked when the order ends is never booked. */
export const withoutPlanned = <Order extends ExistingOrder>(order: Order): Order =>
  changed(order, (each) => (each.status === 'planned' ? { ...each, status: 'cancelled' } : each));

const changed = <Order extends ExistingOrder>(
  order: Order,
  change: (shipment: OrderShipment) => OrderShipment,
): Order => ({ ...order, shipments: order.shipments.map(change) });

const ON_ITS_WAY: readonly ParcelStatus[] = ['handed_over', 'in_transit', 'out_for_delivery', 'delivery_attempted'];
const AT_ITS_END: readonly ParcelStatus[] = ['delivered', 'returned_to_sender', 'lost', 'cancelled'];
/** What the carrier can say only of a parcel that it has. */
const TAKEN: readonly ParcelStatus[] = [...ON_ITS_WAY, 'delivered', 'returned_to_sender', 'lost'];

/** Whether the parcel is still where it was packed. */
export const isStillHere = ({ status }: OrderShipment): boolean => status === 'planned' || status === 'booked';
export const hasLeft = (shipment: OrderShipment): boolean =>
  shipment.handedOverAt !== undefined || TAKEN.includes(shipment.status);
/** Whether the carrier has said that it does not arrive. */
export const isGone = ({ status }: OrderShipment): boolean => status === 'lost' || status === 'returned_to_sender';
/** Whether nothing more is to come of it. */
export const isAtItsEnd = ({ status }: OrderShipment): boolean => AT_ITS_END.includes(status);

/** The units of the article that have left the shop. */
export const unitsThatLeft = ({ shipments }: Pick<ExistingOrder, 'shipments'>, { sku }: Pick<Units, 'sku'>): number =>
  countOf(
    sku,
    shipments.filter(hasLeft).flatMap(({ items }) => items),
  );

/** What tells that the carrier has the parcel. */
export const handedOver = ({ shipmentId, items, location }: OrderShipment): ShipmentHandedOver => ({
  type: 'ShipmentHandedOver',
  data: { shipmentId, items, ...(location === undefined ? {} : { location }) },
});
