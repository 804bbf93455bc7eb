/** The refunds of an order that are neither made nor a person's task, as its stream says. Pure. */
import type { RecordedOrderEvent, RefundFailed, RefundRequested } from '../../published/order-events.ts';

export interface UnsettledRefund {
  readonly refundId: string;
  /** ISO 8601, UTC. */
  readonly requestedAt: string;
  /** Why it has failed; absent while it has no answer. Releases up to 0.2.0 left a failed refund to nobody. */
  readonly failure?: string;
}

/** Without those of an order that is being cancelled, which ends them, and those that failed and were requested once more. */
export function unsettledRefunds(events: readonly RecordedOrderEvent[]): readonly UnsettledRefund[] {
  // Until all of the payment went back, the refunds are a part of the cancellation's work.
  if (isCancelling(events)) return [];
  const settled = new Set(events.map(refundSettledBy));
  return events.filter(isRequest).flatMap((request) => {
    const { refundId } = request.data;
    const failed = events.find((event) => isFailureOf(refundId, event));
    if (settled.has(refundId) || (failed && isMoot(request, failed, events))) return [];
    return [{ refundId, requestedAt: request.occurredAt, ...(failed ? { failure: failed.data.reason } : {}) }];
  });
}

const isRequest = (event: RecordedOrderEvent): event is RecordedOrderEvent<RefundRequested> =>
  event.type === 'RefundRequested';

const isFailureOf = (refundId: string, event: RecordedOrderEvent): event is RecordedOrderEvent<RefundFailed> =>
  event.type === 'RefundFailed' && event.data.refundId === refundId;

const refundSettledBy = (event: RecordedOrderEvent): string | undefined =>
  event.type === 'PaymentRefunded' || (event.type === 'TaskOpened' && event.data.kind === 'refund')
    ? event.data.refundId
    : undefined;

/** A cancellation has given the money back, or the same amount was asked for again: a person that resumed it as well would pay it twice. */
const isMoot = (
  { data: { amount } }: RecordedOrderEvent<RefundRequested>,
  failed: RecordedOrderEvent,
  events: readonly RecordedOrderEvent[],
): boolean =>
  events.some(
    (event) =>
      event.type === 'CancellationRequested' ||
      (isRequest(event) && event.version > failed.version && event.data.amount.amount === amount.amount),
  );

const isCancelling = (events: readonly RecordedOrderEvent[]): boolean =>
  events.some(({ type }) => type === 'CancellationRequested') &&
  !events.some(({ type, data }) => type === 'PaymentRefunded' && !('refundId' in data));
