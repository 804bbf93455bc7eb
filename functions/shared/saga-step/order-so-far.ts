import type {
  AppliedDiscount,
  ItemsChangeRequested,
  OrderBackordered,
  OrderCreated,
  OrderLine,
  PaymentActionRequired,
  PaymentAuthorised,
  RecordedOrderEvent,
  SagaStep,
  ShippingAddress,
  TaskOpened,
  TaskResolved,
} from '../../published/order-events.ts';
import type { OrderLog } from '../../published/order-log.ts';
import { logger } from '../edge/logger.ts';
import type { Consistency } from '../event-log/port.ts';
import type { EventId, OrderId } from '../kernel/ids.ts';
import type { Money } from '../kernel/money.ts';
import { currentSpan } from '../trace/span.ts';
import { OrderNotFound } from './errors.ts';

/** The state of an order as the steps of a saga need it, folded from its stream. */
export interface OrderSoFar {
  /** All events, oldest first. */
  readonly stream: readonly RecordedOrderEvent[];
  readonly created: RecordedOrderEvent<OrderCreated>;
  /** What the saga is at work for: that the order was placed or approved, or that it is to be cancelled. */
  readonly cause: RecordedOrderEvent;
  /** As they are now, after every change. */
  readonly lines: readonly OrderLine[];
  readonly discounts: readonly AppliedDiscount[];
  readonly total: Money;
  readonly shippingAddress: ShippingAddress;
  /** The version of the event that changed lines or address last: what a partner was told for an older one is outdated. */
  readonly revision: number;
  /** An operator has to approve the order before anything is done for it. */
  readonly held: boolean;
  /** The order's saga has succeeded. */
  readonly confirmed: boolean;
  /** The cancellation of the order was requested, or it is cancelled. */
  readonly cancelled: boolean;
  /** A change of items that is not answered yet. */
  readonly pendingChange?: RecordedOrderEvent<ItemsChangeRequested>;
  /** The last requested change of items, answered or not. */
  readonly lastChange?: RecordedOrderEvent<ItemsChangeRequested>;
  /** What was authorised last, for the total as it was then; undefined before. */
  readonly authorised?: Money;
  /** The last authorisation: which attempt it was, and when it was recorded (ISO 8601, UTC); undefined before. */
  readonly authorisation?: { readonly attempt: number; readonly at: string };
  /** The channel's id of what was authorised or captured last; undefined before. */
  readonly paymentId?: string;
  /** The payment waits for the customer; undefined before, and once something is authorised or taken. */
  readonly customerToPay?: Pick<PaymentActionRequired['data'], 'expiresAt' | 'askAgainSeconds'>;
  /** The order waits for goods; undefined before, and once they are reserved. */
  readonly backorder?: Pick<OrderBackordered['data'], 'until'>;
  /** When the customer had done what a payment waited for, or the goods had come; undefined for others. ISO 8601, UTC. */
  readonly wentOnAt?: string;
  readonly shipmentArranged: boolean;
  /** When the goods are no longer kept for the order; undefined when none are, or when they are kept for as long as it takes. ISO 8601, UTC. */
  readonly reservationExpiresAt?: string;
  /** The compensations that a person did outside or wrote off: they are not to be done any more. */
  readonly settled: ReadonlySet<SagaStep>;
  readonly openTasks: readonly RecordedOrderEvent<TaskOpened>[];
  /** The version of the last event. */
  readonly version: number;
  /** The ids of all events: an event that is in here need not be recorded again. */
  readonly recorded: ReadonlySet<EventId>;
}

/**
 * Reads the order's stream. Every later log line of the step has the correlation id of what the saga is at work for.
 * @param consistency also an eventual read shows that the order was created, and approved: its saga was started for that. @default strong
 * @throws OrderNotFound when there is no stream
 */
export async function readOrderSoFar(
  log: OrderLog,
  orderId: OrderId,
  consistency: Consistency = 'strong',
): Promise<OrderSoFar> {
  const stream = await log.read(orderId, 1, undefined, consistency);
  if (stream.length === 0 && consistency === 'eventual') return readOrderSoFar(log, orderId);
  const order = orderSoFar(orderId, stream);
  logger.appendKeys({ correlationId: order.cause.correlationId });
  currentSpan()?.isFor(order.cause);
  return order.held && consistency === 'eventual' ? readOrderSoFar(log, orderId) : order;
}

/** Folds a whole stream that was read already. @throws OrderNotFound when it is empty */
export function orderSoFar(orderId: OrderId, stream: readonly RecordedOrderEvent[]): OrderSoFar {
  const [created, ...later] = stream;
  if (created?.type !== 'OrderCreated') throw new OrderNotFound(`There is no order ${orderId}.`);
  const { lines, discounts, total, shippingAddress, review } = created.data;
  const start: OrderSoFar = {
    stream,
    created,
    cause: created,
    lines,
    discounts,
    total,
    shippingAddress,
    revision: 1,
    held: review === 'required',
    confirmed: false,
    cancelled: false,
    shipmentArranged: false,
    settled: new Set(),
    openTasks: [],
    version: 1,
    recorded: new Set([created, ...later].map(({ eventId }) => eventId)),
  };
  return later.reduce(withEvent, start);
}

function withEvent({ pendingChange, ...order }: OrderSoFar, event: RecordedOrderEvent): OrderSoFar {
  const { version } = event;
  const now: OrderSoFar = { ...order, version, ...(pendingChange === undefined ? {} : { pendingChange }) };
  switch (event.type) {
    case 'AddressChanged':
      return { ...now, shippingAddress: event.data.shippingAddress, revision: version };
    case 'ItemsChangeRequested':
      return { ...now, pendingChange: event, lastChange: event };
    case 'UnitsRemoved': {
      const { lines, discounts, total } = event.data;
      return { ...now, lines, discounts, total, revision: version };
    }
    case 'ItemsChanged':
      return {
        ...order,
        version,
        lines: event.data.lines,
        discounts: event.data.discounts,
        total: event.data.total,
        revision: version,
      };
    case 'ItemsChangeRefused':
      return { ...order, version };
    case 'PaymentActionRequired':
      return { ...now, customerToPay: event.data };
    case 'PaymentAuthorised':
      return {
        ...paid(now, event.occurredAt),
        authorised: event.data.amount,
        authorisation: authorisationOf(event, now),
        paymentId: event.data.paymentId,
      };
    case 'ShipmentArranged':
      return { ...now, shipmentArranged: true };
    case 'OrderBackordered':
      return { ...now, backorder: event.data };
    case 'InventoryReserved': {
      const { expiresAt } = event.data;
      const reserved = supplied(now, event.occurredAt);
      return expiresAt === undefined ? reserved : { ...reserved, reservationExpiresAt: expiresAt };
    }
    // Goods that are paid for are kept until they leave; and a saga that compensates releases them by itself.
    case 'PaymentCaptured':
      return {
        ...keptForGood(paid(now, event.occurredAt)),
        authorised: event.data.amount,
        paymentId: event.data.paymentId,
      };
    case 'PaymentDeclined':
    case 'PaymentVoided':
    case 'ShipmentCancelled':
    case 'InventoryReleased':
      return keptForGood(now);
    case 'OrderApproved':
      return { ...now, cause: event, held: false };
    case 'OrderConfirmed':
      return { ...now, confirmed: true };
    case 'CancellationRequested':
      return { ...now, cause: event, cancelled: true };
    case 'OrderCancelled':
      return { ...now, cancelled: true };
    case 'TaskResolved':
      return {
        ...now,
        settled: withSettled(now.settled, event.data),
        openTasks: now.openTasks.filter(({ data }) => data.taskId !== event.data.taskId),
      };
    case 'TaskOpened':
      return { ...now, openTasks: [...now.openTasks, event] };
    default:
      return unchanged(now, event);
  }
}

/** Steps ask the stock, the gateway and the carrier what was done, and not the stream. An event that is named neither here nor above does not compile. */
type Unasked =
  | 'OrderCreated'
  | 'PaymentNotified'
  | 'TransferReceived'
  | 'TransferReturned'
  | 'ReservationConfirmed'
  | 'PaymentRefunded'
  | 'ShipmentsPlanned'
  | 'ShipmentTracked'
  | 'ShipmentHandedOver'
  | 'ShipmentDelivered'
  | 'OrderShipped'
  | 'OrderDelivered'
  | 'CompensationParked'
  | 'RefundRequested'
  | 'RefundFailed'
  | 'ReturnRequested'
  | 'ReturnReceived'
  | 'ReturnWithdrawn'
  | 'ReturnExpired'
  | 'StepDelayed'
  | 'TaskClaimed'
  | 'TaskReleased'
  | 'TaskEscalated'
  | 'TaskResumed'
  | 'WriteOffProposed';

/** A type alone names them: in the bundle of every step, a case for each would be half a kilobyte. */
const unchanged = (order: OrderSoFar, _: { readonly type: Unasked }): OrderSoFar => order;

const paid = ({ customerToPay, ...order }: OrderSoFar, at: string): OrderSoFar =>
  customerToPay === undefined ? order : { ...order, wentOnAt: at };

const supplied = ({ backorder, ...order }: OrderSoFar, at: string): OrderSoFar =>
  backorder === undefined ? order : { ...order, wentOnAt: at };

/** A raise belongs to the attempt that it raises, and does not make it valid for longer. */
function authorisationOf(
  { occurredAt, data }: RecordedOrderEvent<PaymentAuthorised>,
  { authorisation }: OrderSoFar,
): NonNullable<OrderSoFar['authorisation']> {
  const { attempt = authorisation?.attempt ?? 1 } = data;
  return authorisation?.attempt === attempt ? authorisation : { attempt, at: occurredAt };
}

const keptForGood = ({ reservationExpiresAt: _, ...order }: OrderSoFar): OrderSoFar => order;

function withSettled(
  settled: ReadonlySet<SagaStep>,
  { kind, step, resolution }: TaskResolved['data'],
): ReadonlySet<SagaStep> {
  const byPerson = resolution === 'done_outside' || resolution === 'written_off';
  return kind === 'compensation' && step !== undefined && byPerson ? new Set([...settled, step]) : settled;
}
