import {
  COMPENSATIONS,
  type Compensation,
  type PricedItems,
  type RecordedOrderEvent,
  type SagaStep,
  type TaskOpened,
  taskIdOf,
} from '../../published/order-events.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';
import { zero } from '../../shared/kernel/money.ts';
import { NO_WAITS, withMilestones } from './milestones.ts';
import {
  afterRefund,
  requestedRefund,
  withFailedRefund,
  withReceived,
  withRefund,
  withRefundSettled,
  withRefundTriedAgain,
  withReturned,
  withReversal,
} from './payment.ts';
import { withReturn } from './returns.ts';
import { withAllDelivered, withAllHandedOver, withoutPlanned, withShipping } from './shipments.ts';
import {
  type DeliveringOrder,
  type ExistingOrder,
  type HeldOrder,
  isOpen,
  NO_ORDER,
  type OpenOrder,
  type OpenStatus,
  type Order,
  type Payment,
} from './state.ts';

/** Folds a whole stream into the order. */
export const fold = (events: readonly RecordedOrderEvent[]): Order => events.reduce<Order>(evolve, NO_ORDER);

/**
 * Folds one event in. Events of steps cannot be refused: they are folded into the order in any status, and change the
 * status only while the order is open.
 * @throws Error for a stream that is damaged: it does not begin with OrderCreated, has another one, or has an event
 *   that cannot follow
 */
export function evolve(order: Order, event: RecordedOrderEvent): Order {
  return withMilestones(order.status === 'none' ? create(event) : changed(order, event));
}

function changed(order: ExistingOrder, event: RecordedOrderEvent): ExistingOrder {
  const seen = { ...order, version: event.version, updatedAt: event.occurredAt };
  switch (event.type) {
    case 'OrderCreated':
      throw new Error(`The stream of order ${event.orderId} has a second OrderCreated.`);
    case 'OrderApproved':
      return { ...seen, ...causeOf(event), status: 'created' };
    case 'AddressChanged':
      return { ...seen, shippingAddress: event.data.shippingAddress };
    case 'ItemsChangeRequested':
      return { ...seen, itemsChange: { changeId: event.data.changeId } };
    case 'ItemsChanged':
      return reprice(withoutChange(seen), event.data);
    case 'UnitsRemoved':
      return reprice(seen, event.data);
    case 'ItemsChangeRefused':
      return withoutChange(seen);
    case 'OrderBackordered': {
      const { lines, until } = event.data;
      const isBegun = seen.status !== 'created' && seen.status !== 'backordered';
      return isBegun ? seen : { ...seen, status: 'backordered', backorder: { lines, until } };
    }
    case 'InventoryReserved':
      return advance(withoutBackorder(seen), 'inventory_reserved');
    case 'InventoryReleased':
    case 'ReservationConfirmed':
      return seen;
    case 'PaymentActionRequired': {
      const { action, expiresAt } = event.data;
      return advance(withPayment(seen, { status: 'pending', action, expiresAt }), 'payment_pending');
    }
    case 'PaymentNotified':
      return seen;
    case 'TransferReturned':
      return withPayment(seen, withReturned(seen.payment, event.data));
    case 'TransferReceived':
      return withPayment(seen, withReceived(seen.payment, event.data.amount));
    case 'PaymentAuthorised': {
      const { paymentId, amount } = event.data;
      return advance(withAuthorisation(seen, { status: 'authorised', paymentId, amount }), 'payment_completed');
    }
    case 'PaymentDeclined':
      return advance(withPayment(seen, { status: 'declined', declineCode: event.data.declineCode }), 'payment_failed');
    case 'PaymentCaptured':
      return advance(
        withPayment(seen, { status: 'captured', ...event.data, refunded: zero(event.data.amount.currency) }),
        'payment_completed',
      );
    case 'PaymentVoided':
      return withPayment(seen, { status: 'voided', paymentId: event.data.paymentId });
    case 'PaymentRefunded':
      return withPayment(withRefund(seen, event.data.refundId, 'refunded'), afterRefund(seen.payment, event.data));
    case 'ShipmentsPlanned':
    case 'ShipmentArranged':
    case 'ShipmentCancelled':
    case 'ShipmentHandedOver':
    case 'ShipmentDelivered':
    case 'ShipmentTracked':
      return withShipping(seen, event);
    case 'OrderConfirmed':
      return confirm(seen);
    case 'OrderShipped':
      return { ...withAllHandedOver(delivering(seen, event.type), event.occurredAt), status: 'shipped' };
    case 'OrderDelivered':
      return { ...withAllDelivered(delivering(seen, event.type), event.occurredAt), status: 'delivered' };
    case 'CancellationRequested':
      return { ...withoutBackorder(seen), ...causeOf(event), status: 'cancelling', reason: event.data.reason };
    case 'OrderCancelled':
      return { ...withoutPlanned(withoutBackorder(seen)), status: 'cancelled', reason: event.data.reason };
    case 'CompensationParked':
      return { ...seen, parked: [...seen.parked, { ...event.data, taskId: firstTaskOf(seen, event.data.step) }] };
    case 'RefundRequested': {
      return { ...seen, refunds: [...seen.refunds, requestedRefund(event.data)] };
    }
    case 'RefundFailed': {
      const { refundId, reversed } = event.data;
      return reversed ? withReversal(withRefund(seen, refundId, 'failed'), reversed) : withFailedRefund(seen, refundId);
    }
    case 'ReturnRequested':
    case 'ReturnReceived':
    case 'ReturnWithdrawn':
    case 'ReturnExpired':
      return { ...seen, returns: withReturn(seen.returns, event) };
    case 'TaskOpened':
      return withTask(seen, event.data);
    case 'TaskResolved':
      return withRefundSettled({ ...seen, parked: without(seen.parked, event.data.step) }, event.data);
    case 'TaskResumed':
      return withRefundTriedAgain(seen, event.data);
    case 'StepDelayed':
    case 'TaskClaimed':
    case 'TaskReleased':
    case 'TaskEscalated':
    case 'WriteOffProposed':
      return seen;
    default:
      return assertNever(event);
  }
}

const causeOf = ({ eventId, correlationId }: RecordedOrderEvent) => ({ causationId: eventId, correlationId });

function create(event: RecordedOrderEvent): HeldOrder | OpenOrder {
  if (event.type !== 'OrderCreated') {
    throw new Error(`The stream of order ${event.orderId} begins with ${event.type}, expected OrderCreated.`);
  }
  const { orderId, version, occurredAt, data } = event;
  const { paymentMethod, review, ...given } = data;
  return {
    ...given,
    status: review ? 'held' : 'created',
    orderId,
    version,
    ...causeOf(event),
    paymentMethod: paymentMethod.type,
    payment: { status: 'pending' },
    shipment: { status: 'pending' },
    shipments: [],
    parked: [],
    refunds: [],
    returns: [],
    met: {},
    waits: NO_WAITS,
    createdAt: occurredAt,
    updatedAt: occurredAt,
  };
}

/** An event that comes late, after the order was decided, changes no status. */
const advance = (order: ExistingOrder, status: OpenStatus): ExistingOrder =>
  isOpen(order) ? { ...order, status } : order;

/** Other items; when too little is authorised for them, more has to be authorised. */
function reprice(order: ExistingOrder, { lines, subtotal, discounts, total }: PricedItems): ExistingOrder {
  const repriced = { ...order, lines, subtotal, discounts, total };
  const short = order.payment.status === 'authorised' && order.payment.amount.amount < total.amount;
  return short ? advance(repriced, 'payment_pending') : repriced;
}

function withoutChange({ itemsChange: _, ...order }: ExistingOrder): ExistingOrder {
  return order;
}

function withoutBackorder({ backorder: _, ...order }: ExistingOrder): ExistingOrder {
  return order;
}

/** Authorisations are adjusted beside the saga, so the event of an adjustment can come after the capture. */
const withAuthorisation = (order: ExistingOrder, authorisation: Payment): ExistingOrder =>
  order.payment.status === 'captured' || order.payment.status === 'refunded'
    ? order
    : withPayment(order, authorisation);

/**
 * The payment of an order that is being delivered is captured: only refunds change it, and the last one ends the order.
 */
function withPayment(order: ExistingOrder, payment: Payment): ExistingOrder {
  if (!isDelivering(order)) return { ...order, payment };
  if (payment.status === 'captured') return { ...order, payment };
  return payment.status === 'refunded' ? { ...order, status: 'refunded', before: order.status, payment } : order;
}

/** The task of a compensation that was parked before there were tasks. */
const firstTaskOf = ({ orderId }: ExistingOrder, step: Compensation): string =>
  taskIdOf(orderId, 'compensation', step, 1);

/** A compensation that waits for a person is parked. The task can be younger than a record of release 0.2.0, which it replaces. */
function withTask(order: ExistingOrder, { kind, step, error, taskId }: TaskOpened['data']): ExistingOrder {
  if (kind !== 'compensation' || !isCompensation(step)) return order;
  return { ...order, parked: [...without(order.parked, step), { step, error: error ?? 'unknown', taskId }] };
}

const isCompensation = (step: SagaStep | undefined): step is Compensation =>
  COMPENSATIONS.some((compensation) => compensation === step);

const without = (parked: ExistingOrder['parked'], step: SagaStep | undefined): ExistingOrder['parked'] =>
  parked.filter((compensation) => compensation.step !== step);

function confirm(order: ExistingOrder): ExistingOrder {
  const { payment, shipment } = order;
  if (payment.status !== 'captured' || shipment.status !== 'arranged') {
    throw new Error(
      `Order ${order.orderId} was confirmed with its payment ${payment.status} and its shipment ${shipment.status}.`,
    );
  }
  return { ...order, status: 'processing', payment, shipment };
}

function delivering(order: ExistingOrder, event: string): DeliveringOrder {
  if (!isDelivering(order)) {
    throw new Error(`The stream of order ${order.orderId} has ${event} while the order is ${order.status}.`);
  }
  return order;
}

const isDelivering = (order: ExistingOrder): order is DeliveringOrder =>
  order.status === 'processing' || order.status === 'shipped' || order.status === 'delivered';
