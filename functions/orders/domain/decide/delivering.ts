/** The way of the parcels to the customer. */
import type { OrderDelivered, OrderShipped, ShipmentDelivered } from '../../../published/order-events.ts';
import type { Command } from '../../../shared/kernel/command.ts';
import { accept, type Result, refuse } from '../../../shared/kernel/result.ts';
import type { Refusal } from '../refusals.ts';
import { handedOver, hasLeft, isAtItsEnd, isGone, type OrderShipment } from '../shipments.ts';
import type { DeliveringOrder } from '../state.ts';
import { decider } from './decider.ts';

const SHIPPED: OrderShipped = { type: 'OrderShipped', data: {} };
const DELIVERED: OrderDelivered = { type: 'OrderDelivered', data: {} };
const delivered = ({ shipmentId }: OrderShipment): ShipmentDelivered => ({
  type: 'ShipmentDelivered',
  data: { shipmentId },
});

/** The carrier has all parcels. */
export type ShipOrder = Command<'ShipOrder'>;

const shipOrder = decider<ShipOrder>()
  .in('processing')
  .to('shipped', ({ shipments }) => accept([...shipments.filter(isToBeHandedOver).map(handedOver), SHIPPED]));

/** The carrier has one parcel. */
export interface HandOverShipment extends Command<'HandOverShipment'> {
  readonly shipmentId: string;
}

/** The order is shipped with its first parcel. To hand one over again makes no event. */
const handOverShipment = decider<HandOverShipment>()
  .in('processing', 'shipped', 'delivered')
  .to('shipped', (order, { shipmentId }) => {
    const found = shipmentOf(order, shipmentId);
    if (!found.ok) return found;
    const shipment = found.value;
    if (!isToBeHandedOver(shipment)) return accept([]);
    return accept([handedOver(shipment), ...(order.status === 'processing' ? [SHIPPED] : [])]);
  });

/** The customer has all parcels. */
export type DeliverOrder = Command<'DeliverOrder'>;

/** What has arrived has left before. */
const deliverOrder = decider<DeliverOrder>()
  .in('shipped')
  .to('delivered', ({ shipments }) =>
    accept([
      ...shipments.filter(isToBeHandedOver).map(handedOver),
      ...shipments
        .filter((each) => isToBeDelivered(each) && !isGone(each) && each.status !== 'cancelled')
        .map(delivered),
      DELIVERED,
    ]),
  );

/** The customer has one parcel. */
export interface DeliverShipment extends Command<'DeliverShipment'> {
  readonly shipmentId: string;
}

/** The order is delivered with its last parcel; one that is lost or comes back is not waited for. To deliver one again makes no event. */
const deliverShipment = decider<DeliverShipment>()
  .in('shipped', 'delivered')
  .to('unchanged', (order, { shipmentId }) => {
    const found = shipmentOf(order, shipmentId);
    if (!found.ok) return found;
    const shipment = found.value;
    if (!isToBeDelivered(shipment)) return accept([]);
    if (isToBeHandedOver(shipment)) return refuse({ kind: 'shipment-not-handed-over', shipmentId });
    const isLast = order.shipments.every((each) => each === shipment || isAtItsEnd(each));
    return accept([delivered(shipment), ...(isLast && order.status === 'shipped' ? [DELIVERED] : [])]);
  });

/** The carrier has told of a parcel. */
export interface FollowShipment extends Command<'FollowShipment'> {
  readonly shipmentId: string;
}

/**
 * What follows from what the carrier has told: a parcel that it has is handed over, one that it has delivered is delivered, and the order with them. Of an order that was refunded the
 * parcels still leave. What was followed before makes no event.
 */
const followShipment = decider<FollowShipment>()
  .in('processing', 'shipped', 'delivered', 'refunded')
  .to('unchanged', (order, { shipmentId }) => {
    const found = shipmentOf(order, shipmentId);
    if (!found.ok) return found;
    const shipment = found.value;
    const leaves = hasLeft(shipment) && isToBeHandedOver(shipment);
    const arrives = shipment.status === 'delivered' && isToBeDelivered(shipment);
    const isLast = order.shipments.every((each) => each === shipment || isAtItsEnd(each));
    return accept([
      ...(leaves ? [handedOver(shipment), ...(order.status === 'processing' ? [SHIPPED] : [])] : []),
      ...(arrives ? [delivered(shipment)] : []),
      ...(arrives && isLast && (order.status === 'shipped' || order.status === 'processing') ? [DELIVERED] : []),
    ]);
  });

/** Nothing has recorded yet that the carrier has it. */
const isToBeHandedOver = ({ handedOverAt, status }: OrderShipment): boolean =>
  handedOverAt === undefined && status !== 'cancelled';
/** Nothing has recorded yet that the customer has it. */
const isToBeDelivered = ({ deliveredAt }: OrderShipment): boolean => deliveredAt === undefined;

function shipmentOf(
  { shipments }: Pick<DeliveringOrder, 'shipments'>,
  shipmentId: string,
): Result<OrderShipment, Refusal> {
  const found = shipments.find((each) => each.shipmentId === shipmentId);
  return found ? accept(found) : refuse({ kind: 'unknown-shipment', shipmentId });
}

export const DELIVERING = {
  ShipOrder: shipOrder,
  HandOverShipment: handOverShipment,
  DeliverOrder: deliverOrder,
  DeliverShipment: deliverShipment,
  FollowShipment: followShipment,
} as const;
