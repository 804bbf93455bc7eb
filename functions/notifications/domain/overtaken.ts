/** What is not told any more, because something that came later says otherwise. Pure. */
import type { OrderEvent, OrderEventType, RecordedOrderEvent, ShipmentTracked } from '../../published/order-events.ts';
import type { ToldType } from './notifications.ts';

const ENDS = ['CancellationRequested', 'OrderCancelled'] as const;
const RETURN_ENDS = ['ReturnReceived', 'ReturnWithdrawn', 'ReturnExpired'] as const;
const LEFT = ['OrderShipped', 'OrderDelivered'] as const;

/**
 * For each event that customers are told of, those after which its message would be wrong: it says where the order is, or asks for something.
 * What has happened for good, such as a delivery or a refund, stays worth telling.
 */
const OVERTAKEN_BY: Readonly<Record<ToldType, readonly OrderEventType[]>> = {
  OrderCreated: ['OrderCancelled', ...LEFT],
  OrderBackordered: ['OrderBackordered', 'InventoryReserved', 'UnitsRemoved', ...ENDS],
  UnitsRemoved: ['OrderCancelled'],
  PaymentActionRequired: [
    'PaymentActionRequired',
    'PaymentAuthorised',
    'PaymentCaptured',
    'PaymentDeclined',
    'OrderConfirmed',
    ...ENDS,
  ],
  OrderConfirmed: [...LEFT, ...ENDS],
  OrderShipped: ['OrderDelivered'],
  ShipmentHandedOver: ['ShipmentDelivered', 'OrderDelivered'],
  // By what comes earlier as well: see isPast.
  ShipmentTracked: [],
  OrderDelivered: [],
  OrderCancelled: [],
  PaymentRefunded: [],
  RefundFailed: [],
  ReturnRequested: RETURN_ENDS,
  ReturnReceived: [],
  ReturnWithdrawn: [],
  // It came after all.
  ReturnExpired: ['ReturnReceived'],
};

/** A return is overtaken by what becomes of the same return alone, and a parcel by its own delivery or that of all. */
function isAbout(event: OrderEvent, later: OrderEvent): boolean {
  if (event.type === 'ReturnRequested' || event.type === 'ReturnExpired') {
    return 'returnId' in later.data && later.data.returnId === event.data.returnId;
  }
  const isOfParcels = event.type === 'ShipmentHandedOver' && later.type === 'ShipmentDelivered';
  return !isOfParcels || later.data.shipmentId === event.data.shipmentId;
}

/** @param stream of the order, as far as it is known */
export function isOvertaken(
  event: RecordedOrderEvent & { readonly type: ToldType },
  stream: readonly RecordedOrderEvent[],
): boolean {
  if (event.type === 'ShipmentTracked' && isPast(event, stream)) return true;
  const by = OVERTAKEN_BY[event.type];
  // A held order is overtaken by its approval as well.
  const isHeld = event.type === 'OrderCreated' && event.data.review !== undefined;
  return stream.some(
    (later) =>
      later.version > event.version &&
      (by.includes(later.type) || (isHeld && later.type === 'OrderApproved')) &&
      isAbout(event, later),
  );
}

/** Carriers tell late: a parcel that has arrived, or of which something newer is known, is not where the report says, whichever was recorded first. */
const isPast = ({ data }: RecordedOrderEvent<ShipmentTracked>, stream: readonly RecordedOrderEvent[]): boolean =>
  stream.some(
    (other) =>
      other.type === 'OrderDelivered' ||
      (other.type === 'ShipmentDelivered' && other.data.shipmentId === data.shipmentId) ||
      (other.type === 'ShipmentTracked' &&
        other.data.shipmentId === data.shipmentId &&
        (other.data.at > data.at || other.data.status === 'delivered')),
  );
