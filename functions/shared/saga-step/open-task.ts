import {
  type OrderEventType,
  type RecordedOrderEvent,
  type SagaStep,
  type TaskKind,
  type TaskOpened,
  type TaskResolved,
  taskIdOf,
} from '../../published/order-events.ts';
import { isReversal } from '../../published/order-refunds.ts';
import type { OrderId } from '../kernel/ids.ts';
import { LOST_RACE, untilWon } from '../kernel/race.ts';
import type { StepDeps } from './conclude-step.ts';
import { OrderNotFound } from './errors.ts';
import { fact, recordFact } from './record-fact.ts';

/** What a person has to do. */
export interface TaskToOpen {
  readonly orderId: OrderId;
  readonly kind: TaskKind;
  readonly step?: SagaStep;
  readonly refundId?: string;
  readonly transferId?: string;
  readonly shipmentId?: string;
  /** The change of items that the step belongs to. */
  readonly changeId?: string;
  readonly error?: string;
  /** Milliseconds since the epoch. */
  readonly dueAt: number;
}

/** What the saga is at work for. */
const CAUSES: readonly OrderEventType[] = ['OrderCreated', 'OrderApproved', 'CancellationRequested'];

/**
 * Opens a person's task, unless the order has one of the same kind and subject that is not resolved, or that a person has settled: an attempt that
 * was under way then has nothing to say. Safe to repeat.
 * @param by the step or the function that gives the work to a person
 * @throws OrderNotFound, ConcurrencyConflict after five lost races
 */
export async function openTask(
  { log, now }: StepDeps,
  { orderId, dueAt, ...about }: TaskToOpen,
  by: string,
): Promise<void> {
  await untilWon(`Order ${orderId} kept changing while a task was to be opened.`, async () => {
    const stream = await log.read(orderId);
    const cause = stream.findLast(({ type }) => CAUSES.includes(type));
    if (!cause) throw new OrderNotFound(`There is no order ${orderId}.`);
    const before = stream.filter((event) => opens(event, about));
    const ends = new Map(
      stream.flatMap((event) => (event.type === 'TaskResolved' ? [[event.data.taskId, event]] : [])),
    );
    const beganAnewAt = stream.findLast((event) => isReversalOf(about, event))?.version ?? 0;
    if (before.some(({ data }) => isOpenOrSettled(about.kind, ends.get(data.taskId), beganAnewAt))) return undefined;
    const data = {
      ...about,
      taskId: taskIdOf(orderId, about.kind, subjectOf(about), before.length + 1),
      dueAt: new Date(dueAt).toISOString(),
    };
    const event = fact(cause, { type: 'TaskOpened', data }, by, now());
    return (await log.append(orderId, stream.length, [event])).ok ? undefined : LOST_RACE;
  });
}

/**
 * Resolves an open task whose work the platform has done after all. Safe to repeat.
 * @param atVersion of the order's stream, as it was read
 * @param by the step or the function that has seen that it is done
 * @throws ConcurrencyConflict after five lost races
 */
export async function closeTask(
  { log, now }: StepDeps,
  opened: RecordedOrderEvent<TaskOpened>,
  atVersion: number,
  by: string,
): Promise<void> {
  const { error: _error, dueAt: _dueAt, ...about } = opened.data;
  const event = fact(opened, { type: 'TaskResolved', data: { ...about, resolution: 'completed' } }, by, now());
  await recordFact(log, { orderId: opened.orderId, atVersion, event });
}

/** What a person did or gave up stays so; an order can get stuck again, and money that had gone back can come again after that. */
const isOpenOrSettled = (
  kind: TaskKind,
  end: RecordedOrderEvent<TaskResolved> | undefined,
  beganAnewAt: number,
): boolean =>
  end === undefined ||
  (kind !== 'stuck' &&
    end.version > beganAnewAt &&
    (end.data.resolution === 'done_outside' || end.data.resolution === 'written_off'));

/** A refund that had been made has failed later: this one, or any of an order whose payment is to go back as a whole. */
const isReversalOf = ({ kind, step, refundId }: Omit<TaskToOpen, 'orderId' | 'dueAt'>, event: RecordedOrderEvent) =>
  isReversal(event) && (kind === 'refund' ? event.data.refundId === refundId : step === 'VoidPayment');

type Subject = Pick<TaskToOpen, 'step' | 'refundId' | 'transferId' | 'shipmentId' | 'changeId'>;

/** What tells tasks of one kind apart: the step, with the change of items that it belongs to, the refund, the transfer or the shipment. */
const subjectOf = ({ step, refundId, transferId, shipmentId, changeId }: Subject) =>
  [step ?? refundId ?? transferId ?? shipmentId ?? 'order', ...(changeId === undefined ? [] : [changeId])].join(':');

const opens = (
  event: RecordedOrderEvent,
  about: Subject & Pick<TaskToOpen, 'kind'>,
): event is RecordedOrderEvent<TaskOpened> =>
  event.type === 'TaskOpened' && event.data.kind === about.kind && subjectOf(event.data) === subjectOf(about);
