import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { OrderCreated, RecordedOrderEvent } from '../../shared/kernel/order-events.ts';
import { NO_ORDER, type ExistingOrder, type OpenOrder, type Order, type Shipment } from './state.ts';

/** The order that a whole stream tells of. */
export const fold = (events: readonly RecordedOrderEvent[]): Order => events.reduce<Order>(evolve, NO_ORDER);

/**
 * Folds one event in. Facts of steps cannot be refused: they are folded into whatever the order is by now, and move the
 * status only while the order is open.
 * @throws Error for a stream that does not begin with OrderCreated: it is damaged
 */
export function evolve(order: Order, event: RecordedOrderEvent): Order {
  if (event.type === 'OrderCreated') return create(event);
  if (order.status === 'none') throw new Error(`The stream of order ${event.orderId} begins with ${event.type}, expected OrderCreated.`);
  const { version, occurredAt: updatedAt } = event;
  const seen = { ...order, version, updatedAt };
  switch (event.type) {
    case 'InventoryReserved':
      return advance(seen, 'inventory_reserved');
    case 'InventoryReleased':
      return seen;
    case 'PaymentAuthorised':
      return advance({ ...seen, payment: { status: 'authorised', paymentId: event.data.paymentId } }, 'payment_completed');
    case 'PaymentDeclined':
      return advance({ ...seen, payment: { status: 'declined', declineCode: event.data.declineCode } }, 'payment_failed');
    case 'PaymentCaptured':
      return { ...seen, payment: { status: 'captured', paymentId: event.data.paymentId } };
    case 'PaymentVoided':
      return { ...seen, payment: { status: 'voided', paymentId: event.data.paymentId } };
    case 'PaymentRefunded':
      return { ...seen, payment: { status: 'refunded', paymentId: event.data.paymentId } };
    case 'ShipmentArranged':
      return { ...seen, shipment: { status: 'arranged', ...event.data } };
    case 'ShipmentCancelled':
      return { ...seen, shipment: cancelled(seen.shipment) };
    case 'OrderConfirmed':
      return { ...seen, status: 'processing' };
    case 'OrderCancelled':
      return { ...seen, status: 'cancelled', reason: event.data.reason };
    case 'CompensationParked':
      return { ...seen, parked: [...seen.parked, event.data] };
    default:
      return assertNever(event);
  }
}

function create({ orderId, version, occurredAt, data }: RecordedOrderEvent<OrderCreated>): OpenOrder {
  const { customerId, lines, total, paymentMethod, requestHash } = data;
  return {
    status: 'created',
    orderId, customerId, lines, total, requestHash, version,
    paymentMethod: paymentMethod.type,
    payment: { status: 'pending' },
    shipment: { status: 'pending' },
    parked: [],
    createdAt: occurredAt,
    updatedAt: occurredAt,
  };
}

/** A fact that comes late, after the order was decided, changes no status. */
function advance(order: ExistingOrder, status: OpenOrder['status']): ExistingOrder {
  return order.status === 'processing' || order.status === 'cancelled' ? order : { ...order, status };
}

const cancelled = (shipment: Shipment): Shipment => (shipment.status === 'pending' ? shipment : { ...shipment, status: 'cancelled' });
