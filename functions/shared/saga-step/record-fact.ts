import type { NewOrderEvent, OrderEvent, OrderEventType, RecordedOrderEvent } from '../../published/order-events.ts';
import type { OrderLog } from '../../published/order-log.ts';
import { factId, type OrderId } from '../kernel/ids.ts';
import { LOST_RACE, untilWon } from '../kernel/race.ts';
import { numberOfShipment, type ShipmentId } from '../kernel/shipment-id.ts';
import { OrderChanged } from './errors.ts';

/** The event of the same order that led to a fact. */
export type Cause = Pick<RecordedOrderEvent, 'orderId' | 'type' | 'eventId' | 'correlationId'>;

/** An order can have several of these events, and each leads to facts of its own. */
const REPEATABLE: readonly OrderEventType[] = ['ItemsChangeRequested', 'RefundRequested', 'TaskResumed'];

/** A refund that fails later, and what goes back after that: the same refund, or all of the payment of an order that was cancelled meanwhile. */
const OF_REFUNDS: readonly OrderEventType[] = ['PaymentRefunded', 'RefundFailed'];

/**
 * Builds the fact that a step records about an order. Its id depends on the order, the type and a repeatable cause alone, so that
 * a repeated step records nothing new.
 * @param cause the event that the step is done for: the order's creation, or a later request
 * @param step the step's name, such as `ReserveInventory`
 * @param now milliseconds since the epoch
 */
export function fact<E extends OrderEvent>(cause: Cause, event: E, step: string, now: number): NewOrderEvent<E> {
  const { orderId, type, eventId, correlationId } = cause;
  return {
    ...event,
    eventId: factId(orderId, nameOf(event, type, eventId)),
    occurredAt: new Date(now).toISOString(),
    correlationId,
    causationId: eventId,
    actor: { type: 'system', id: step },
  };
}

function nameOf(event: OrderEvent, causeType: OrderEventType, causeId: string): string {
  if (REPEATABLE.includes(causeType)) return `${identityOf(event)}@${causeId}`;
  const name = identityOf(event) + refundOf(event);
  return OF_REFUNDS.includes(causeType) ? `${name}@${causeId}` : name;
}

/** A refund that nobody has requested, such as of what was paid beyond the total, is a fact apart from the compensation. */
const refundOf = (event: OrderEvent): string =>
  (event.type === 'PaymentRefunded' || event.type === 'RefundFailed') && event.data.refundId !== undefined
    ? `:${event.data.refundId}`
    : '';

/** Those of the first shipment are named as all were before an order could have several. */
const ofShipment = (shipmentId: ShipmentId | undefined): string =>
  shipmentId === undefined || numberOfShipment(shipmentId) === 1 ? '' : `:${shipmentId}`;

/** What tells a fact from the order's other facts: its type, and what else there can be several of. */
function identityOf(event: OrderEvent): string {
  switch (event.type) {
    case 'CompensationParked':
    case 'StepDelayed':
      return `${event.type}:${event.data.step}`;
    case 'OrderBackordered':
    case 'UnitsRemoved':
      return [event.type, ...event.data.lines.map(({ sku, quantity }) => `${quantity}×${sku}`)].join(':');
    case 'TaskOpened':
    case 'TaskResolved':
      return `${event.type}:${event.data.taskId}`;
    case 'PaymentRefunded':
      return event.data.atChannel === undefined ? event.type : `${event.type}:${event.data.atChannel}`;
    case 'PaymentNotified':
      return `${event.type}:${event.data.channel}:${event.data.notificationId}`;
    case 'TransferReceived':
    case 'TransferReturned':
      return `${event.type}:${event.data.transferId}`;
    case 'ShipmentsPlanned':
      return `${event.type}:${event.data.revision}`;
    case 'ShipmentTracked':
      return `${event.type}:${event.data.shipmentId}:${event.data.reportId}`;
    case 'ShipmentArranged':
    case 'ShipmentCancelled':
    case 'ReservationConfirmed':
      return event.type + ofShipment(event.data.shipmentId);
    case 'PaymentAuthorised':
      return [event.type, event.data.amount.amount, ...(event.data.attempt ? [event.data.attempt] : [])].join(':');
    default:
      return event.type;
  }
}

/**
 * Records a fact after `atVersion`, or further on when other writers were quicker. A fact that the stream holds already is
 * not recorded again.
 * @param outdatedBy says whether an event that came first makes the fact outdated
 * @throws OrderChanged when the fact is outdated, ConcurrencyConflict after five lost races
 */
export const recordFact = (
  log: OrderLog,
  { event, ...place }: Place & { readonly event: NewOrderEvent },
): Promise<void> => recordFacts(log, { ...place, events: [event] });

interface Place {
  readonly orderId: OrderId;
  readonly atVersion: number;
  readonly outdatedBy?: (newer: RecordedOrderEvent) => boolean;
}

/** Records facts like `recordFact`, all that are missing at once. None is nothing to do. */
export async function recordFacts(
  log: OrderLog,
  { orderId, atVersion, events, outdatedBy = () => false }: Place & { readonly events: readonly NewOrderEvent[] },
): Promise<void> {
  let tail = atVersion;
  let missing = events;
  const [first] = events;
  if (first === undefined) return;
  await untilWon(`Order ${orderId} kept changing while ${first.type} was to be recorded.`, async () => {
    const appended = await log.append(orderId, tail, missing);
    if (appended.ok) return undefined;
    const newer = await log.read(orderId, tail + 1);
    missing = missing.filter((event) => newer.every(({ eventId }) => eventId !== event.eventId));
    if (missing.length === 0) return undefined;
    if (newer.some(outdatedBy)) throw new OrderChanged(orderId);
    tail = newer.at(-1)?.version ?? tail;
    return LOST_RACE;
  });
}
