/** What an order's stream says of its refunds. Pure. */
import type {
  PaymentRefunded,
  RecordedOrderEvent,
  RefundFailed,
  RefundRequested,
  TaskOpened,
  TaskResumed,
} from '../../published/order-events.ts';

export interface RefundSoFar {
  readonly request: RecordedOrderEvent<RefundRequested>;
  readonly isMade: boolean;
  /** Why it has failed, if it has. */
  readonly failure: string | undefined;
  /** The version of the event that says so; without one, after all versions. */
  readonly failedAt: number;
  /** A person has, or had, to see to it. */
  readonly wasTask: boolean;
  /** The ids of the tasks that are not resolved. */
  readonly openTasks: readonly string[];
}

/** Every refund that was requested, in the order of the requests. */
export function refundsSoFar(stream: readonly RecordedOrderEvent[]): readonly RefundSoFar[] {
  const resolved = new Set(stream.flatMap((event) => (event.type === 'TaskResolved' ? [event.data.taskId] : [])));
  return stream.filter(isRequest).map((request) => {
    const { refundId } = request.data;
    const answers = stream.filter((event) => isAnswerTo(refundId, event));
    const failure = answers.find(({ type }) => type === 'RefundFailed');
    const tasks = stream.filter((event) => isTaskOf(refundId, event)).map(({ data }) => data.taskId);
    return {
      request,
      isMade: answers.some(({ type }) => type === 'PaymentRefunded'),
      failure: failure?.type === 'RefundFailed' ? failure.data.reason : undefined,
      failedAt: failure?.version ?? Infinity,
      wasTask: tasks.length > 0,
      openTasks: tasks.filter((taskId) => !resolved.has(taskId)),
    };
  });
}

/** The refunds that were requested for the same amount and the same units: one that failed may have been requested again. */
export const twinsOf = (one: RefundSoFar, all: readonly RefundSoFar[]): readonly RefundSoFar[] =>
  all.filter((other) => other !== one && isSame(other.request.data, one.request.data));

const isSame = (a: RefundRequested['data'], b: RefundRequested['data']): boolean =>
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
  const amounts = stream.flatMap((event) => (event.type === 'PaymentRefunded' ? [event.data.amount.amount] : []));
  return amounts.reduce((sum, amount) => sum + amount, 0) >= captured.data.amount.amount;
}

/** Whether the wish of a person to try the refund again is still to be carried out: its task is open, and nothing has answered the wish. */
export const isToBeRetried = (
  stream: readonly RecordedOrderEvent[],
  { request, openTasks }: RefundSoFar,
  resumed: RecordedOrderEvent<TaskResumed>,
): boolean =>
  openTasks.includes(resumed.data.taskId) &&
  !stream.some((event) => isAnswerTo(request.data.refundId, event) && event.causationId === resumed.eventId);

export const isAnswerTo = (
  refundId: string,
  event: RecordedOrderEvent,
): event is RecordedOrderEvent<PaymentRefunded | RefundFailed> =>
  (event.type === 'PaymentRefunded' || event.type === 'RefundFailed') && event.data.refundId === refundId;

const isRequest = (event: RecordedOrderEvent): event is RecordedOrderEvent<RefundRequested> =>
  event.type === 'RefundRequested';

const isTaskOf = (refundId: string, event: RecordedOrderEvent): event is RecordedOrderEvent<TaskOpened> =>
  event.type === 'TaskOpened' && event.data.kind === 'refund' && event.data.refundId === refundId;
