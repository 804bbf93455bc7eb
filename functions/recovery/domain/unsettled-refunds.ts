/** The refunds of an order that are neither made nor a person's task, as its stream says. Pure. */
import type { RecordedOrderEvent, RefundFailed, RefundRequested } from '../../published/order-events.ts';
import { isReversal } from '../../published/order-refunds.ts';

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
  return events.filter(isRequest).flatMap((request) => {
    const { refundId } = request.data;
    // One that was made and has failed later begins anew.
    const since = events.slice(
      Math.max(
        0,
        events.findLastIndex((event) => isReversal(event) && isOf(refundId, event)),
      ),
    );
    const failed = since.find((event) => isFailureOf(refundId, event));
    if (since.some((event) => isSettledBy(refundId, event)) || (failed && isMoot(request, failed, events))) return [];
    return [{ refundId, requestedAt: request.occurredAt, ...(failed ? { failure: failed.data.reason } : {}) }];
  });
}

const isRequest = (event: RecordedOrderEvent): event is RecordedOrderEvent<RefundRequested> =>
  event.type === 'RefundRequested';

const isOf = (refundId: string, { data }: RecordedOrderEvent): boolean =>
  'refundId' in data && data.refundId === refundId;

const isFailureOf = (refundId: string, event: RecordedOrderEvent): event is RecordedOrderEvent<RefundFailed> =>
  event.type === 'RefundFailed' && isOf(refundId, event);

const isSettledBy = (refundId: string, event: RecordedOrderEvent): boolean =>
  isOf(refundId, event) &&
  (event.type === 'PaymentRefunded' || (event.type === 'TaskOpened' && event.data.kind === 'refund'));

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
