/** The ids of refunds that give a payment back because its order is cancelled. */

import type { RecordedOrderEvent } from '../../published/order-events.ts';
import { EXCESS, isReversal } from '../../published/order-refunds.ts';
import { type Payment, refundOf } from './payment.ts';
import { refundsSoFar } from './refund-so-far.ts';

/** Of the one that refunds everything that is left. Further ones are needed only when another refund fails after that. */
export const COMPENSATION = 'saga-compensation';

/** Of the one that a channel makes by itself, of a trade that is paid just before it is closed. */
export const COMPENSATION_AT_CLOSE = `${COMPENSATION}-at-close`;

const numbered = (count: number): string => (count === 1 ? COMPENSATION : `${COMPENSATION}-${count}`);

export const isCompensation = (refundId: string): boolean =>
  refundId === COMPENSATION || refundId.startsWith(`${COMPENSATION}-`);

/** The id of the refund that is to be made now: the first one that gives nothing back yet. */
export function nextCompensation(payment: Payment): string {
  let count = 1;
  while (refundOf(payment, numbered(count))) count += 1;
  return numbered(count);
}

/** The ids of all refunds that were asked for, or may have been. */
export function refundIdsIn(stream: readonly RecordedOrderEvent[]): readonly string[] {
  const reversals = stream.filter(isReversal).length;
  const compensations = Array.from({ length: reversals + 1 }, (_, at) => numbered(at + 1));
  return [...new Set([...refundsSoFar(stream).map(({ refundId }) => refundId), ...compensations, EXCESS])];
}
