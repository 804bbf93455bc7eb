/** What went back to the customer of an order, and what came from there again: read from its stream alone. Pure. */
import type { PaymentRefunded, RecordedOrderEvent, RefundFailed } from './order-events.ts';

type Stream = readonly RecordedOrderEvent[];

/** The id of the refund of what was paid beyond the order's total. Nobody requests it. */
export const EXCESS = 'excess';

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

/** Whether a person has said that they made the refund outside of the platform, and nothing has shown it since. */
export function isDoneOutside(stream: Stream, refundId: string): boolean {
  const last = stream.findLast(
    (event) =>
      (event.type === 'PaymentRefunded' || isReversal(event) || event.type === 'TaskResolved') &&
      'refundId' in event.data &&
      event.data.refundId === refundId,
  );
  return last?.type === 'TaskResolved' && last.data.kind === 'refund' && last.data.resolution === 'done_outside';
}

/** The first event about each refund that somebody has made at the channel and that is none of those that were requested. */
export const unaskedRefunds = (stream: Stream): readonly UnaskedRefund[] =>
  stream.filter(isUnasked).filter(({ data }, index, all) => {
    const first = all.findIndex((other) => other.data.refundId === data.refundId);
    return first === index;
  });

/** A refund under the channel's own id. */
export type UnaskedRefund = RecordedOrderEvent<PaymentRefunded> & {
  readonly data: { readonly refundId: string; readonly atChannel: string };
};

const isUnasked = (event: RecordedOrderEvent): event is UnaskedRefund =>
  event.type === 'PaymentRefunded' &&
  event.data.atChannel !== undefined &&
  event.data.atChannel === event.data.refundId;

/** What went back less what has come again since, in minor units. */
export const givenBack = (stream: Stream): number =>
  stream.reduce((sum, event) => {
    if (event.type === 'PaymentRefunded') return sum + event.data.amount.amount;
    return isReversal(event) ? sum - event.data.reversed.amount : sum;
  }, 0);
