/** Refunds that were made and have failed later: what the channel says of them, against what is on record. Pure. */
import type { PaymentRefunded, RecordedOrderEvent, RefundFailed } from '../../published/order-events.ts';
import { isReversal, refundMade } from '../../published/order-refunds.ts';
import { money } from '../../shared/kernel/money.ts';
import { isCompensation } from './compensation-ids.ts';
import type { Payment } from './payment.ts';

type Stream = readonly RecordedOrderEvent[];

export interface Reversal {
  /** The event that says that the refund was made. */
  readonly cause: RecordedOrderEvent<PaymentRefunded>;
  readonly fact: RefundFailed;
}

/**
 * What is on record as made and has failed at the channel, which has to say so: what it does not show may be late, also when it shows that the refund
 * has failed before.
 */
export function reversalsOf(payment: Payment, stream: Stream): readonly Reversal[] {
  if (!('refunds' in payment)) return [];
  const own = onRecordAs(stream);
  const all = (payment.failed ?? []).map((refund) => ({ ...refund, refundId: own(refund.refundId) }));
  const standing = new Set(payment.refunds.map(({ refundId }) => own(refundId)));
  return [...new Map(all.map((refund) => [refund.refundId, refund])).values()]
    .filter(({ refundId }) => !isCompensation(refundId) && !standing.has(refundId))
    .filter(({ refundId, isOpen }) => isOpen || all.filter(isOf(refundId)).length > reversed(stream, refundId))
    .flatMap(({ refundId, reason }): Reversal[] => {
      const cause = refundMade(stream, refundId);
      const isEmpty = cause === undefined || cause.data.amount.amount === 0;
      return isEmpty ? [] : [{ cause, fact: failure(refundId, reason, cause.data.amount) }];
    })
    .concat(ofCompensation(payment, stream));
}

const isOf =
  (wanted: string) =>
  ({ refundId }: { readonly refundId: string }): boolean =>
    refundId === wanted;

/** The id on record of a refund as the channel shows it: one that somebody has made there can have taken the place of ours. */
const onRecordAs =
  (stream: Stream) =>
  (shown: string): string => {
    const made = stream.find((event) => event.type === 'PaymentRefunded' && event.data.atChannel === shown);
    return made?.type === 'PaymentRefunded' ? (made.data.refundId ?? shown) : shown;
  };

/** How often it is on record that the refund had been made and has failed. */
const reversed = (stream: Stream, refundId: string): number =>
  stream.filter((event) => isReversal(event) && event.data.refundId === refundId).length;

/** Those of a cancelled order are on record as sums, without their ids. */
function ofCompensation(payment: Extract<Payment, { refunds: unknown }>, stream: Stream): readonly Reversal[] {
  const last = payment.failed?.findLast(({ refundId }) => isCompensation(refundId));
  const cause = stream.findLast(
    (event): event is RecordedOrderEvent<PaymentRefunded> =>
      event.type === 'PaymentRefunded' && event.data.refundId === undefined,
  );
  if (!last || !cause) return [];
  const shown = payment.refunds
    .filter(({ refundId }) => isCompensation(refundId))
    .reduce((sum, { amount }) => sum + amount.amount, 0);
  const gone = onRecord(stream) - shown;
  return gone > 0
    ? [{ cause, fact: failure(last.refundId, last.reason, money(gone, cause.data.amount.currency)) }]
    : [];
}

const onRecord = (stream: Stream): number =>
  stream.reduce((sum, event) => {
    if (event.type === 'PaymentRefunded' && event.data.refundId === undefined) return sum + event.data.amount.amount;
    return isReversal(event) && isCompensation(event.data.refundId) ? sum - event.data.reversed.amount : sum;
  }, 0);

const failure = (
  refundId: string,
  reason: string,
  reversed: RefundFailed['data']['reversed'] & object,
): RefundFailed => ({
  type: 'RefundFailed',
  data: { refundId, reason, reversed },
});
