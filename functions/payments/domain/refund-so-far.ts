/** What an order's stream says of its refunds. Pure. */
import type {
  PaymentRefunded,
  RecordedOrderEvent,
  RefundFailed,
  RefundRequested,
  TaskOpened,
  TaskResumed,
} from '../../published/order-events.ts';
import { EXCESS, givenBack, isReversal, refundMade, unaskedRefunds } from '../../published/order-refunds.ts';
import { totalOf } from '../../published/order-transfers.ts';
import { type Money, money } from '../../shared/kernel/money.ts';
import type { Units } from '../../shared/kernel/units.ts';

type Stream = readonly RecordedOrderEvent[];

export interface RefundSoFar {
  readonly refundId: string;
  readonly amount: Money;
  readonly lines: readonly Units[];
  /** The event that it is made for: its request, or the capture of more than the order's total. That somebody has made it at the channel, if so. */
  readonly request: RecordedOrderEvent;
  readonly isMade: boolean;
  /** Why it has failed, if it has. */
  readonly failure: string | undefined;
  /** The version of the event that says so; without one, after all versions. */
  readonly failedAt: number;
  /** What says so for the last time. */
  readonly lastFailure: RecordedOrderEvent<RefundFailed> | undefined;
  /** A person has, or had, to see to it. */
  readonly wasTask: boolean;
  /** The ids of the tasks that are not resolved. */
  readonly openTasks: readonly string[];
}

/**
 * Every refund that was requested, in the order of the requests; that of what was paid beyond the total, once it has failed; and those that somebody
 * has made at the channel itself.
 */
export function refundsSoFar(stream: Stream): readonly RefundSoFar[] {
  const resolved = new Set(stream.flatMap((event) => (event.type === 'TaskResolved' ? [event.data.taskId] : [])));
  return [...requestsIn(stream), ...excessIn(stream), ...unaskedIn(stream)].map((wanted) => {
    const { refundId } = wanted;
    const made = refundMade(stream, refundId);
    // One that was made, failed later and so begins anew.
    const reversedAt = stream.findLastIndex((event) => isReversal(event) && event.data.refundId === refundId);
    const since = stream.slice(Math.max(0, reversedAt));
    const failures = since.filter(
      (event) => event.type === 'RefundFailed' && event.data.refundId === refundId,
    ) as RecordedOrderEvent<RefundFailed>[];
    const [failure] = failures;
    const tasks = stream.filter((event) => isTaskOf(refundId, event));
    const openTasks = tasks.filter(({ data }) => !resolved.has(data.taskId)).map(({ data }) => data.taskId);
    return {
      ...wanted,
      isMade: made !== undefined,
      failure: failure?.data.reason,
      failedAt: failure?.version ?? Infinity,
      lastFailure: failures.at(-1),
      wasTask: openTasks.length > 0 || tasks.some(({ version }) => version > since[0]!.version),
      openTasks,
    };
  });
}

type Wanted = Pick<RefundSoFar, 'refundId' | 'amount' | 'lines' | 'request'>;

const requestsIn = (stream: Stream): readonly Wanted[] =>
  stream.filter(isRequest).map((request) => ({ ...request.data, request }));

/** Nobody requests it: the capture asks for it, and a person has it tried again when it has failed. */
function excessIn(stream: Stream): readonly Wanted[] {
  const request = stream.find(({ type }) => type === 'PaymentCaptured');
  const hasFailed = stream.some(({ type, data }) => type === 'RefundFailed' && data.refundId === EXCESS);
  const total = totalOf(stream);
  if (request?.type !== 'PaymentCaptured' || !hasFailed || !total) return [];
  const amount = money(request.data.amount.amount - total.amount, total.currency);
  return amount.amount > 0 ? [{ refundId: EXCESS, amount, lines: [], request }] : [];
}

const unaskedIn = (stream: Stream): readonly Wanted[] =>
  unaskedRefunds(stream).map((request) => ({ ...request.data, lines: [], request }));

const isOfPlatform = ({ request }: RefundSoFar): boolean => request.type === 'RefundRequested';

/** The refunds that were requested for the same amount and the same units: one that failed may have been requested again. */
export const twinsOf = (one: RefundSoFar, all: readonly RefundSoFar[]): readonly RefundSoFar[] =>
  all.filter((other) => other !== one && isOfPlatform(one) && isOfPlatform(other) && isSame(other, one));

const isSame = (a: Wanted, b: Wanted): boolean =>
  a.amount.amount === b.amount.amount &&
  a.lines.length === b.lines.length &&
  a.lines.every(({ sku, quantity }) => b.lines.some((line) => line.sku === sku && line.quantity === quantity));

/** Whether the order is to be cancelled: then all of the payment goes back, and no refund is asked of the gateway any more. */
export const isOvertaken = (stream: readonly RecordedOrderEvent[]): boolean =>
  stream.some(({ type }) => type === 'CancellationRequested');

/** Whether all of the captured payment went back, by refunds or outside of them. */
export function isAllBack(stream: readonly RecordedOrderEvent[]): boolean {
  const captured = stream.findLast(({ type }) => type === 'PaymentCaptured');
  if (captured?.type !== 'PaymentCaptured') return false;
  return givenBack(stream) >= captured.data.amount.amount;
}

/** Whether the wish of a person to try the refund again is still to be carried out: its task is open, and nothing has answered the wish. */
export const isToBeRetried = (
  stream: readonly RecordedOrderEvent[],
  { refundId, openTasks }: RefundSoFar,
  resumed: RecordedOrderEvent<TaskResumed>,
): boolean =>
  openTasks.includes(resumed.data.taskId) &&
  !stream.some((event) => isAnswerTo(refundId, event) && event.causationId === resumed.eventId);

export const isAnswerTo = (
  refundId: string,
  event: RecordedOrderEvent,
): event is RecordedOrderEvent<PaymentRefunded | RefundFailed> =>
  (event.type === 'PaymentRefunded' || event.type === 'RefundFailed') && event.data.refundId === refundId;

const isRequest = (event: RecordedOrderEvent): event is RecordedOrderEvent<RefundRequested> =>
  event.type === 'RefundRequested';

const isTaskOf = (refundId: string, event: RecordedOrderEvent): event is RecordedOrderEvent<TaskOpened> =>
  event.type === 'TaskOpened' && event.data.kind === 'refund' && event.data.refundId === refundId;
