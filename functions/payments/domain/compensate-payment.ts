import type { PaymentRefunded, PaymentVoided, RecordedOrderEvent, RefundFailed } from '../../published/order-events.ts';
import { EXCESS, givenBack, isDoneOutside, refundMade } from '../../published/order-refunds.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';
import { type Money, money } from '../../shared/kernel/money.ts';
import { isCompensation, nextCompensation } from './compensation-ids.ts';
import { failuresOf, leftOf, type Payment, type Taken } from './payment.ts';
import { refundsSoFar } from './refund-so-far.ts';

type Stream = readonly RecordedOrderEvent[];

/** The next thing to do so that the customer gets all of their money back. */
export type PaymentCompensation =
  | { readonly kind: 'void' }
  /** @param isAgain a person wants one that has failed to be made anew */
  | { readonly kind: 'refund'; readonly refundId: string; readonly amount: Money; readonly isAgain: boolean }
  /** A refund is on its way: the channel is asked again later. */
  | { readonly kind: 'wait' }
  /** The refund has failed: a person has to see to it. `fact` says so unless it is on record. */
  | { readonly kind: 'failed'; readonly reason: string; readonly fact?: RefundFailed }
  /** Nothing is left to do; `fact` says what was done, unless there was nothing to compensate. */
  | { readonly kind: 'done'; readonly fact?: PaymentVoided | PaymentRefunded };

/**
 * Decides by what the gateway says: an authorisation or a capture may have lost its answer. The stream says what of it is on record, and
 * what a person wants.
 */
export function decideCompensation(payment: Payment, stream: Stream): PaymentCompensation {
  switch (payment.status) {
    // A void of nothing closes the payment, so that an authorisation still on its way is refused.
    case 'none':
    case 'pending':
    case 'authorised':
    case 'expired':
      return { kind: 'void' };
    case 'captured': {
      const left = leftOf(payment);
      const owed = money(left.amount - givenOutside(payment, stream), left.currency);
      if (owed.amount > 0) return refundOfTheRest(payment, stream, owed);
      const isOnItsWay = left.amount === 0 || payment.refunds.some(({ isPending }) => isPending);
      return isOnItsWay ? { kind: 'wait' } : done(payment, stream);
    }
    case 'voided':
      return { kind: 'done', fact: { type: 'PaymentVoided', data: { paymentId: payment.paymentId } } };
    case 'refunded':
      return done(payment, stream);
    case 'declined':
    case 'closed':
      return { kind: 'done' };
    default:
      return assertNever(payment);
  }
}

function done(payment: Taken, stream: Stream): PaymentCompensation {
  const amount = unrecorded(payment, stream);
  if (amount.amount <= 0) return { kind: 'done' };
  return { kind: 'done', fact: { type: 'PaymentRefunded', data: { paymentId: payment.paymentId, amount } } };
}

/**
 * What people have given back outside of the channel, in minor units: the customer has it already. What they have refunded at the channel itself
 * is not left there, and is shown under an id that is none of ours.
 */
function givenOutside({ refunds }: Taken, stream: Stream): number {
  const all = refundsSoFar(stream);
  const ours = new Set([EXCESS, ...all.map(({ refundId }) => refundId)]);
  const outside = all
    .filter(({ refundId }) => isDoneOutside(stream, refundId))
    .reduce((sum, { amount }) => sum + amount.amount, 0);
  const atChannel = refunds
    .filter(({ refundId }) => !ours.has(refundId) && !isCompensation(refundId))
    .reduce((sum, { amount }) => sum + amount.amount, 0);
  return Math.max(0, outside - atChannel);
}

/** Only a person has a refund tried again that has failed after it was accepted, and once for each time. */
function refundOfTheRest(
  payment: Extract<Payment, { readonly status: 'captured' }>,
  stream: Stream,
  amount: Money,
): PaymentCompensation {
  const refundId = nextCompensation(payment);
  const failures = failuresOf(payment, refundId);
  const last = failures.at(-1);
  if (!last) return { kind: 'refund', refundId, amount, isAgain: false };
  const { reason } = last;
  const known = stream.filter(({ type, data }) => type === 'RefundFailed' && data.refundId === refundId);
  if (failures.length > known.length) {
    return { kind: 'failed', reason, fact: { type: 'RefundFailed', data: { refundId, reason } } };
  }
  const wanted = stream.findLast(isResumed)?.version ?? 0;
  const isAgain = !last.isOpen && wanted > (known.at(-1)?.version ?? 0);
  return isAgain ? { kind: 'refund', refundId, amount, isAgain } : { kind: 'failed', reason };
}

/** A person wants the payment to be given back once more. */
export const isResumed = ({ type, data }: RecordedOrderEvent): boolean =>
  type === 'TaskResumed' && data.kind === 'compensation' && data.step === 'VoidPayment';

/**
 * What went back and is not on record: the refund of the compensation, or one that a person has made at the channel itself. Refunds that were
 * requested are facts of their own.
 */
function unrecorded({ amount, refunds }: Taken, stream: Stream): Money {
  const requests = new Set(stream.flatMap((event) => (event.type === 'RefundRequested' ? [event.data.refundId] : [])));
  const own = refunds.filter(({ refundId }) => requests.has(refundId) && refundMade(stream, refundId) === undefined);
  const sum = (some: Taken['refunds']): number => some.reduce((total, refund) => total + refund.amount.amount, 0);
  return money(sum(refunds) - sum(own) - givenBack(stream), amount.currency);
}
