/** What went back to the customer of an order, and what came from there again: read from its stream alone. Pure. */
import type { PaymentRefunded, RecordedOrderEvent, RefundFailed } from './order-events.ts';

type Stream = readonly RecordedOrderEvent[];

/** A refund that had been made, and failed later. */
export type RefundReversed = RecordedOrderEvent<RefundFailed> & {
  readonly data: { readonly reversed: NonNullable<RefundFailed['data']['reversed']> };
};

export const isReversal = (event: RecordedOrderEvent): event is RefundReversed =>
  event.type === 'RefundFailed' && event.data.reversed !== undefined;

/** The last event that says that the refund was made, unless it has failed since. */
export function refundMade(stream: Stream, refundId: string): RecordedOrderEvent<PaymentRefunded> | undefined {
  const last = stream.findLast(
    (event) =>
      (event.type === 'PaymentRefunded' || isReversal(event)) &&
      'refundId' in event.data &&
      event.data.refundId === refundId,
  );
  return last?.type === 'PaymentRefunded' ? last : undefined;
}

/** Whether a person has said that they made the refund outside of the platform, and nothing says otherwise since. */
export function isDoneOutside(stream: Stream, refundId: string): boolean {
  const last = stream.findLast(
    (event) =>
      (event.type === 'PaymentRefunded' || isReversal(event) || event.type === 'TaskResolved') &&
      'refundId' in event.data &&
      event.data.refundId === refundId,
  );
  return last?.type === 'TaskResolved' && last.data.kind === 'refund' && last.data.resolution === 'done_outside';
}

/** What went back less what has come again since, in minor units. */
export const givenBack = (stream: Stream): number =>
  stream.reduce((sum, event) => {
    if (event.type === 'PaymentRefunded') return sum + event.data.amount.amount;
    return isReversal(event) ? sum - event.data.reversed.amount : sum;
  }, 0);
