/** What a customer is told of an event of their order. Pure. */
import type {
  OrderCancelled,
  OrderCreated,
  PaymentRefunded,
  RecordedOrderEvent,
  RefundRequested,
  ReturnReceived,
  ReturnRequested,
  ShipmentArranged,
  ShipmentCancelled,
  ShipmentTracked,
} from '../../published/order-events.ts';
import type { Sku } from '../../shared/kernel/ids.ts';
import { type ShipmentId, shipmentIdOf } from '../../shared/kernel/shipment-id.ts';
import type { Units } from '../../shared/kernel/units.ts';
import type { Addressee, Message, NamedUnits, Values } from './message.ts';

/** The rest of the way is told by the order: shipped and delivered. */
const OF_PARCEL: Readonly<Partial<Record<ShipmentTracked['data']['status'], Message['template']>>> = {
  out_for_delivery: 'parcel-out-for-delivery',
  delivery_attempted: 'delivery-attempted',
};

type Stream = readonly RecordedOrderEvent[];

/** Whose order it is. @throws Error for a stream that does not begin with OrderCreated, which none does */
export function addresseeOf(stream: Stream): Addressee {
  const { customerId, language } = createdIn(stream).data;
  return { customerId, ...(language === undefined ? {} : { language }) };
}

/**
 * The message that follows from an event; undefined when the customer is told nothing of it.
 * @param stream of its order, from the first event to this one and those that were recorded together with it at least
 */
export function messageOf(event: RecordedOrderEvent, stream: Stream): Message | undefined {
  const { orderId } = event;
  const before = stream.filter(({ version }) => version <= event.version);
  const named = namedIn(before);
  const told = (template: Message['template'], values: Omit<Values, 'orderId'> = {}): Message => ({
    template,
    values: { orderId, ...values },
  });
  switch (event.type) {
    case 'OrderCreated': {
      const { lines, total, review } = event.data;
      return told(review ? 'order-held' : 'order-created', { items: named(lines), total });
    }
    case 'OrderBackordered':
      return told('order-backordered', { awaited: named(event.data.lines), until: event.data.until });
    case 'UnitsRemoved':
      return told('units-removed', { removed: named(event.data.removed), total: event.data.total });
    case 'PaymentActionRequired':
      return told('payment-action-needed', { amount: event.data.amount, until: event.data.expiresAt });
    case 'OrderConfirmed':
      return told('order-confirmed', { total: totalIn(before), ...carrierIn(before) });
    case 'OrderShipped':
      return told('order-shipped', leftIn(before));
    case 'ShipmentHandedOver':
      // Those that leave before the order is shipped are told with it.
      return before.some(({ type }) => type === 'OrderShipped')
        ? told('parcel-shipped', shipmentIn(before, event.data.shipmentId))
        : undefined;
    case 'ShipmentTracked': {
      const template = OF_PARCEL[event.data.status];
      return template && told(template, shipmentIn(before, event.data.shipmentId));
    }
    case 'OrderDelivered':
      return told('order-delivered', shipmentIn(before));
    case 'OrderCancelled':
      return told('order-cancelled', endOf(event.data));
    case 'PaymentRefunded':
      // Where the shop keeps all of it, the customer was told when the goods came.
      return event.data.amount.amount === 0 ? undefined : told('payment-refunded', refundIn(event.data, before));
    case 'RefundFailed': {
      // A refund that was never made has not been told.
      const { reversed } = event.data;
      return reversed && told('refund-reversed', { amount: reversed });
    }
    case 'ReturnRequested':
      return told('return-requested', expectedIn(event.data, named));
    case 'ReturnReceived':
      return told('return-received', { ...decidedIn(event.data, named), ...feeOf(refundWith(event, stream)) });
    case 'ReturnWithdrawn':
      return told('return-withdrawn', { returnId: event.data.returnId, withdrawn: named(event.data.lines) });
    case 'ReturnExpired':
      return told('return-expired', { returnId: event.data.returnId, expired: named(event.data.lines) });
    default:
      return undefined;
  }
}

function createdIn(stream: Stream): RecordedOrderEvent<OrderCreated> {
  const [first] = stream;
  if (first?.type !== 'OrderCreated') throw new Error(`A stream begins with ${first?.type ?? 'nothing'}.`);
  return first;
}

const repriced = (event: RecordedOrderEvent) =>
  event.type === 'OrderCreated' || event.type === 'ItemsChanged' || event.type === 'UnitsRemoved';

/** What the order cost at last. */
const totalIn = (stream: Stream) => stream.filter(repriced).at(-1)!.data.total;

/** Names units as the order does: an article that the catalogue does not have any more keeps its name. */
function namedIn(stream: Stream): (units: readonly Units[]) => NamedUnits[] {
  const lines = stream.filter(repriced).flatMap(({ data }) => data.lines);
  const names = new Map<Sku, string>(lines.map(({ sku, name }) => [sku, name]));
  return (units) =>
    units.map(({ sku, quantity }) => {
      const name = names.get(sku);
      return { sku, quantity, ...(name === undefined ? {} : { name }) };
    });
}

/** The last booking of the shipment. @param shipmentId @default of any */
function shipmentIn(stream: Stream, shipmentId?: ShipmentId): Pick<Values, 'carrier' | 'trackingNumber'> {
  const arranged = stream.findLast(
    (event): event is RecordedOrderEvent<ShipmentArranged> =>
      event.type === 'ShipmentArranged' && (shipmentId === undefined || shipmentOf(event) === shipmentId),
  );
  return arranged ? { carrier: arranged.data.carrier, trackingNumber: arranged.data.trackingNumber } : {};
}

/** The parcels that have left. In streams without ShipmentHandedOver, all have. */
function leftIn(stream: Stream): Omit<Values, 'orderId'> {
  const booked = bookedIn(stream);
  const handedOver = stream.flatMap((event) => (event.type === 'ShipmentHandedOver' ? [event.data.shipmentId] : []));
  const left = handedOver.length === 0 ? [...booked] : handedOver;
  const inAll = booked.size > left.length ? { parcels: booked.size } : {};
  if (left.length < 2) return { ...shipmentIn(stream, left[0]), ...inAll };
  const trackingNumbers = left.flatMap((shipmentId) => shipmentIn(stream, shipmentId).trackingNumber ?? []);
  return { ...carrierIn(stream), trackingNumbers, ...inAll };
}

function bookedIn(stream: Stream): ReadonlySet<ShipmentId> {
  const booked = new Set<ShipmentId>();
  for (const event of stream) {
    if (event.type === 'ShipmentArranged') booked.add(shipmentOf(event));
    if (event.type === 'ShipmentCancelled') booked.delete(shipmentOf(event));
  }
  return booked;
}

const shipmentOf = ({ orderId, data }: RecordedOrderEvent<ShipmentArranged | ShipmentCancelled>): ShipmentId =>
  data.shipmentId ?? shipmentIdOf(orderId, 1);

function carrierIn(stream: Stream): Pick<Values, 'carrier'> {
  const { carrier } = shipmentIn(stream);
  return carrier === undefined ? {} : { carrier };
}

const endOf = ({ reason, parked }: OrderCancelled['data']): Omit<Values, 'orderId'> => ({
  reason,
  ...(parked.includes('VoidPayment') ? { refundDelayed: true } : {}),
});

const refundIn = ({ amount, refundId }: PaymentRefunded['data'], before: Stream): Omit<Values, 'orderId'> => ({
  amount,
  ...feeOf(requestsIn(before).find(({ data }) => refundId !== undefined && data.refundId === refundId)),
});

const requestsIn = (stream: Stream): RecordedOrderEvent<RefundRequested>[] =>
  stream.filter((event): event is RecordedOrderEvent<RefundRequested> => event.type === 'RefundRequested');

/** The refund that was requested as the goods were received. */
const refundWith = ({ version, data }: RecordedOrderEvent<ReturnReceived>, stream: Stream) =>
  requestsIn(stream).find((refund) => refund.version === version + 1 && refund.data.returnId === data.returnId);

const feeOf = (refund: RecordedOrderEvent<RefundRequested> | undefined): Pick<Values, 'restockingFee'> =>
  refund?.data.restockingFee === undefined ? {} : { restockingFee: refund.data.restockingFee };

const expectedIn = (
  { returnId, lines, expectedUntil, restockingFeeBasisPoints }: ReturnRequested['data'],
  named: (units: readonly Units[]) => NamedUnits[],
): Omit<Values, 'orderId'> => ({
  returnId,
  returned: named(lines),
  ...(expectedUntil === undefined ? {} : { until: expectedUntil }),
  ...(restockingFeeBasisPoints === undefined ? {} : { restockingFeeBasisPoints }),
});

const decidedIn = (
  { returnId, accepted, rejected }: ReturnReceived['data'],
  named: (units: readonly Units[]) => NamedUnits[],
): Omit<Values, 'orderId'> => ({
  returnId,
  ...(accepted.length > 0 ? { accepted: named(accepted) } : {}),
  ...(rejected.length > 0
    ? { rejected: rejected.map((units) => ({ ...named([units])[0]!, reason: units.reason })) }
    : {}),
});
