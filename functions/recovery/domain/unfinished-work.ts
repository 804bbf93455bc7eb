/** What a stream says is still to be done for an order, and by which state machine. Pure. */
import type {
  CancellationRequested,
  OrderEventType,
  RecordedOrderEvent,
  TaskOpened,
} from '../../published/order-events.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { TaskKind } from './event-data.ts';
import { unfinishedUndo } from './unfinished-undo.ts';
import { type UnsettledRefund, unsettledRefunds } from './unsettled-refunds.ts';

export const MACHINES = ['order', 'cancellation', 'items-change'] as const;
/** The state machine of a saga. */
export type Machine = (typeof MACHINES)[number];

/** The executions of one machine for one piece of work: the first has this name, and later ones are numbered. */
export interface Run {
  readonly machine: Machine;
  readonly name: string;
  /** Present for the saga of a change of items. */
  readonly changeId?: string;
}

/** The run of the saga of a change of items; whoever starts it names it like this. */
export const itemsChangeRun = (orderId: OrderId, changeId: string): Run => ({
  machine: 'items-change',
  name: `${orderId}_${changeId}`,
  changeId,
});

/** Something that was begun, and has to come to an end. */
export interface Work {
  /** Executions that can be at work for it. One that runs is enough. */
  readonly watched: readonly Run[];
  /** What is started when none of them was ever started. */
  readonly first: Run;
  /** What is safe to start when all of them have ended; absent when a person has to decide. */
  readonly again?: Run;
  /** When the customer began to wait for the order, for work that leads to a purchase. ISO 8601, UTC. */
  readonly orderedAt?: string;
  /** How often a person had the platform try again what this work is, beside the orders that were stuck. @default never */
  readonly resumed?: number;
  /** Whether the success of the last execution says that it is done, although no event does. @default false */
  readonly isDoneBySuccess?: boolean;
}

export interface Unfinished {
  readonly work: readonly Work[];
  readonly refunds: readonly UnsettledRefund[];
  /** The open task that says that the order is stuck. */
  readonly stuck?: RecordedOrderEvent<TaskOpened>;
  /** Open tasks that nothing is left to do for once nothing is unfinished: nobody but the platform can do what they are about. */
  readonly ofThePlatform: readonly RecordedOrderEvent<TaskOpened>[];
  /** How often a person had a stuck order go on. */
  readonly resumed: number;
  /** The last event. ISO 8601, UTC. */
  readonly lastEventAt: string;
}

/** Events after which the order's own saga has nothing to do any more, but to undo what is left of a cancelled order. */
const ENDS: readonly OrderEventType[] = ['OrderConfirmed', 'OrderCancelled'];
/** Signs that the saga of an order has begun to compensate it: from the beginning it would leave out what is not undone. */
const COMPENSATING: readonly OrderEventType[] = [
  'CompensationParked',
  'InventoryReleased',
  'PaymentDeclined',
  'PaymentRefunded',
  'PaymentVoided',
  'ShipmentCancelled',
];

const OF_THE_PLATFORM: readonly TaskKind[] = ['stuck', 'completion'];

/** @param events a whole stream, which begins with `OrderCreated` */
export function unfinishedWork(events: readonly RecordedOrderEvent[]): Unfinished {
  const resolved = new Set(events.flatMap((event) => (event.type === 'TaskResolved' ? [event.data.taskId] : [])));
  const ofThePlatform = events.filter(
    (event): event is RecordedOrderEvent<TaskOpened> =>
      event.type === 'TaskOpened' && OF_THE_PLATFORM.includes(event.data.kind) && !resolved.has(event.data.taskId),
  );
  const stuck = ofThePlatform.find(({ data }) => data.kind === 'stuck');
  return {
    work: [...orderWork(events), ...changeWork(events)],
    refunds: unsettledRefunds(events),
    ...(stuck ? { stuck } : {}),
    ofThePlatform,
    resumed: events.filter(({ type, data }) => type === 'TaskResumed' && data.kind === 'stuck').length,
    lastEventAt: events.at(-1)!.occurredAt,
  };
}

function orderWork(events: readonly RecordedOrderEvent[]): Work[] {
  const begunAt = events.findLastIndex(begins);
  const begun = events[begunAt];
  if (begun === undefined) return [];
  const order: Run = { machine: 'order', name: begun.orderId };
  const cancellation: Run = { machine: 'cancellation', name: begun.orderId };
  if (events.slice(begunAt).some(({ type }) => ENDS.includes(type))) {
    const undo = unfinishedUndo(events);
    if (undo === undefined) return [];
    const isConfirmed = events.some(({ type }) => type === 'OrderConfirmed');
    return [
      {
        watched: isConfirmed ? [cancellation] : [order, cancellation],
        first: cancellation,
        again: cancellation,
        resumed: undo.resumed,
        // Executions of release 0.2.0 and before succeed, and leave it to people.
        isDoneBySuccess: undo.resumed === 0,
      },
    ];
  }
  if (begun.type !== 'CancellationRequested') {
    const compensates = events.some(compensating);
    return [{ watched: [order], first: order, orderedAt: begun.occurredAt, ...(compensates ? {} : { again: order }) }];
  }
  // Before the confirmation, the saga of the order compensates by itself what it has done.
  const bySaga = begun.data.from !== 'processing';
  const watched = bySaga ? [order, cancellation] : [cancellation];
  return [{ watched, first: bySaga ? order : cancellation, again: cancellation }];
}

/** A held order has no saga until it is approved. */
const begins = (event: RecordedOrderEvent): event is RecordedOrderEvent<CancellationRequested> | RecordedOrderEvent =>
  event.type === 'CancellationRequested' ||
  event.type === 'OrderApproved' ||
  (event.type === 'OrderCreated' && event.data.review === undefined);

const compensating = (event: RecordedOrderEvent): boolean =>
  COMPENSATING.includes(event.type) || (event.type === 'TaskOpened' && event.data.kind === 'compensation');

function changeWork(events: readonly RecordedOrderEvent[]): Work[] {
  const requestedAt = events.findLastIndex(({ type }) => type === 'ItemsChangeRequested');
  const requested = events[requestedAt];
  if (requested?.type !== 'ItemsChangeRequested') return [];
  const { changeId } = requested.data;
  const isAnswered = events
    .slice(requestedAt)
    .some(({ type }) => type === 'ItemsChanged' || type === 'ItemsChangeRefused' || type === 'OrderCancelled');
  if (isAnswered) return [];
  const change = itemsChangeRun(requested.orderId, changeId);
  return [{ watched: [change], first: change, again: change }];
}
