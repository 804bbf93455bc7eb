/** Refunds that somebody has made at the channel itself, against what is on record. Pure. */
import type { PaymentRefunded, RecordedOrderEvent } from '../../published/order-events.ts';
import { EXCESS, givenBack, isDoneOutside } from '../../published/order-refunds.ts';
import { isCompensation } from './compensation-ids.ts';
import type { Payment, Refund } from './payment.ts';
import { refundsSoFar } from './refund-so-far.ts';

type Stream = readonly RecordedOrderEvent[];

/** How a task is called that asks a person what a refund was for. */
export const MADE_AT_CHANNEL = 'made_at_channel';

/**
 * The refunds that the channel shows as made and that the platform has not asked for, as they are to be recorded. One of the same amount as a refund of
 * ours that has failed, or that a person has done outside, is that one: a person has made it there.
 */
export function unaskedRefundsOf(payment: Payment, stream: Stream): readonly PaymentRefunded[] {
  if (!('refunds' in payment)) return [];
  const known = new Set(stream.flatMap(idsIn));
  const waiting = refundsSoFar(stream).filter(
    ({ refundId, isMade, failure }) => !isMade && (failure !== undefined || isDoneOutside(stream, refundId)),
  );
  // Before a release knew them by their ids, those of a cancelled order were on record in the sum of its compensation.
  const shown = payment.refunds.reduce((sum, { amount }) => sum + amount.amount, 0);
  const isNoneNew = shown <= givenBack(stream);
  return (isNoneNew ? [] : payment.refunds).filter(isUnasked(known)).map(({ refundId: atChannel, amount }) => {
    const at = waiting.findIndex((one) => one.amount.amount === amount.amount);
    const [ours] = at < 0 ? [] : waiting.splice(at, 1);
    const { paymentId } = payment;
    return {
      type: 'PaymentRefunded',
      data: { paymentId, amount, refundId: ours?.refundId ?? atChannel, atChannel },
    };
  });
}

const isUnasked =
  (known: ReadonlySet<string>) =>
  ({ refundId, isPending }: Refund): boolean =>
    !isPending && !known.has(refundId) && refundId !== EXCESS && !isCompensation(refundId);

/** The ids of refunds that an event names. */
function idsIn({ type, data }: RecordedOrderEvent): readonly string[] {
  if (type === 'RefundRequested') return [data.refundId];
  return type === 'PaymentRefunded' && data.atChannel !== undefined ? [data.atChannel] : [];
}
