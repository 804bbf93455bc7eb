import type {
  ItemsChangeRequested,
  OrderCreated,
  OrderEventType,
  OrderLine,
  RecordedOrderEvent,
  ShippingAddress,
} from '../../published/order-events.ts';
import type { OrderLog } from '../event-log/port.ts';
import type { EventId, OrderId } from '../kernel/ids.ts';
import type { Money } from '../kernel/money.ts';
import { CancellationAfterAttempt, CancellationRequested, OrderNotFound } from './errors.ts';

/** What the steps of a saga need to know of an order, folded from its stream. */
export interface OrderSoFar {
  readonly created: RecordedOrderEvent<OrderCreated>;
  /** What the saga is at work for: that the order was placed or approved, or is to be undone. */
  readonly cause: RecordedOrderEvent;
  /** As they are now, after every change. */
  readonly lines: readonly OrderLine[];
  readonly total: Money;
  readonly shippingAddress: ShippingAddress;
  /** The version of the event that changed lines or address last: what a partner was told for an older one is outdated. */
  readonly revision: number;
  /** Somebody wants the order undone, or it is undone. */
  readonly cancelled: boolean;
  /** A change of items that is not answered yet. */
  readonly pendingChange?: RecordedOrderEvent<ItemsChangeRequested>;
  /** The last change of items that was asked for, answered or not. */
  readonly lastChange?: RecordedOrderEvent<ItemsChangeRequested>;
  readonly shipmentArranged: boolean;
  /** The version of the last event. */
  readonly version: number;
  /** Where each event is, by its id: what is in here need not be recorded again. */
  readonly versions: ReadonlyMap<EventId, number>;
}

/** @throws OrderNotFound when there is no stream */
export async function readOrderSoFar(log: OrderLog, orderId: OrderId): Promise<OrderSoFar> {
  const stream = await log.read(orderId);
  const [created, ...later] = stream;
  if (created?.type !== 'OrderCreated') throw new OrderNotFound(`There is no order ${orderId}.`);
  const { lines, total, shippingAddress } = created.data;
  const versions = new Map(stream.map(({ eventId, version }) => [eventId, version]));
  const start: OrderSoFar = {
    created,
    cause: created,
    lines,
    total,
    shippingAddress,
    revision: 1,
    cancelled: false,
    shipmentArranged: false,
    version: 1,
    versions,
  };
  return later.reduce(seen, start);
}

function seen({ pendingChange, ...order }: OrderSoFar, event: RecordedOrderEvent): OrderSoFar {
  const { version } = event;
  const now: OrderSoFar = { ...order, version, ...(pendingChange === undefined ? {} : { pendingChange }) };
  switch (event.type) {
    case 'AddressChanged':
      return { ...now, shippingAddress: event.data.shippingAddress, revision: version };
    case 'ItemsChangeRequested':
      return { ...now, pendingChange: event, lastChange: event };
    case 'ItemsChanged':
      return { ...order, version, lines: event.data.lines, total: event.data.total, revision: version };
    case 'ItemsChangeRefused':
      return { ...order, version };
    case 'ShipmentArranged':
      return { ...now, shipmentArranged: true };
    case 'OrderApproved':
      return { ...now, cause: event };
    case 'CancellationRequested':
      return { ...now, cause: event, cancelled: true };
    case 'OrderCancelled':
      return { ...now, cancelled: true };
    default:
      return now;
  }
}

/**
 * Stops a forward step of an order that is not wanted any more.
 * @param attempt how often the state machine has tried the step before: an earlier attempt may have had an effect
 * @throws CancellationRequested when this step has done nothing, CancellationAfterAttempt when nobody can be sure
 */
export function stopIfCancelled({ cancelled, created: { orderId } }: OrderSoFar, attempt: number): void {
  if (!cancelled) return;
  throw attempt === 0 ? new CancellationRequested(orderId) : new CancellationAfterAttempt(orderId);
}

const CHANGES: readonly OrderEventType[] = ['AddressChanged', 'ItemsChangeRequested', 'ItemsChanged'];

/** Whether an event makes what a step has done for an older version of the order wrong. */
export const isChange = ({ type }: RecordedOrderEvent): boolean => CHANGES.includes(type);
