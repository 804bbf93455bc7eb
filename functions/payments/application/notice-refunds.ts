import type { RecordedOrderEvent } from '../../published/order-events.ts';
import { isReversal } from '../../published/order-refunds.ts';
import { isCancelled } from '../../published/order-rest.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { openTask } from '../../shared/saga-step/open-task.ts';
import { orderSoFar } from '../../shared/saga-step/order-so-far.ts';
import { fact, recordFact } from '../../shared/saga-step/record-fact.ts';
import { failuresOf, type Payment, refundOf } from '../domain/payment.ts';
import { afterRefund } from '../domain/refund-outcome.ts';
import { isAnswerTo, type RefundSoFar, refundsSoFar } from '../domain/refund-so-far.ts';
import { MADE_AT_CHANNEL } from '../domain/unasked-refunds.ts';
import { resolveTasks } from './end-refunds.ts';
import { gatewayOf } from './gateway-of.ts';
import type { PaymentDeps } from './ports.ts';
import { recordReversals, tellsOfRefunds } from './record-reversals.ts';
import { recordUnasked } from './record-unasked.ts';

const STEP = 'NoticeRefunds';
type Stream = readonly RecordedOrderEvent[];

export interface RefundsToNotice {
  /** When a person should have seen to what is theirs: milliseconds since the epoch. */
  readonly dueAt: number;
  /** The channel is asked about an order without refunds on record, too. @default false */
  readonly isSure?: boolean | undefined;
}

/**
 * Asks the channel what has become of the refunds of an order that is not cancelled, and records what is not on record:
 * - a refund that was made has failed since, as when the customer's bank does not take it: RefundFailed, and a person's task to have it made again;
 * - one that was on its way has ended: PaymentRefunded or RefundFailed;
 * - somebody has made one at the channel itself: PaymentRefunded, and a task for a person who says what it was for, unless it takes the place of
 *   one of ours that has failed, whose task it ends.
 *
 * Does nothing for a cancelled order: whatever gives all of its payment back asks by itself. Safe to repeat.
 * @returns whether a refund is still on its way
 * @throws PaymentGatewayUnavailable, PaymentOutcomeUnknown, OrderChanged, ConcurrencyConflict, CircuitOpen, PartnerBusy, NoHealthyInstance: it is to be tried again
 */
export async function noticeRefunds(
  deps: PaymentDeps,
  orderId: OrderId,
  { dueAt, isSure = false }: RefundsToNotice,
): Promise<{ readonly isPending: boolean }> {
  const stream = await deps.log.read(orderId);
  if (isCancelled(stream) || !(isSure || stream.some(isOfRefunds))) return { isPending: false };
  const payment = await gatewayOf(deps.gateways, orderSoFar(orderId, stream)).find(orderId);
  const isReversed = await recordReversals(deps, stream, payment, STEP);
  const isUnasked = await recordUnasked(deps, isReversed ? await deps.log.read(orderId) : stream, payment, STEP);
  const before = isReversed || isUnasked ? await deps.log.read(orderId) : stream;
  const open = refundsSoFar(before).filter(({ isMade, failure }) => !isMade && failure === undefined);
  const ended = open.filter((refund) => hasEnded(payment, refund));
  await recordEnds(deps, before, ended, payment);
  // An attempt before this one may have died between an event and its task.
  const now = ended.length > 0 ? await deps.log.read(orderId) : before;
  const hasFailedNow = new Set(ended.map(({ refundId }) => refundId));
  for (const refund of refundsSoFar(now)) await giveToPerson(deps, now, refund, { dueAt, hasFailedNow });
  return { isPending: open.length > ended.length };
}

const isOfRefunds = ({ type }: RecordedOrderEvent): boolean => type === 'RefundRequested' || type === 'PaymentRefunded';

const hasEnded = (payment: Payment, { refundId }: RefundSoFar): boolean => {
  const refund = refundOf(payment, refundId);
  return refund ? !refund.isPending : failuresOf(payment, refundId).length > 0;
};

/** What was on its way has ended, as whoever asked for it would record it. */
async function recordEnds(
  deps: PaymentDeps,
  stream: Stream,
  ended: readonly RefundSoFar[],
  payment: Payment,
): Promise<void> {
  let atVersion = stream.length;
  for (const refund of ended) {
    const answer = afterRefund(refund, payment);
    if (answer === undefined) continue;
    const { refundId, request } = refund;
    const outdatedBy = (event: RecordedOrderEvent): boolean =>
      isAnswerTo(refundId, event) || tellsOfRefunds(event) || event.type === 'CancellationRequested';
    const event = fact(request, answer, STEP, deps.now());
    await recordFact(deps.log, { orderId: request.orderId, atVersion, event, outdatedBy });
    atVersion += 1;
  }
}

interface Given {
  readonly dueAt: number;
  readonly hasFailedNow: ReadonlySet<string>;
}

async function giveToPerson(
  deps: PaymentDeps,
  stream: Stream,
  refund: RefundSoFar,
  { dueAt, hasFailedNow }: Given,
): Promise<void> {
  const { refundId, request, isMade, failure, lastFailure, wasTask } = refund;
  const { orderId } = request;
  const isUnasked = request.type === 'PaymentRefunded';
  if (isMade && !isUnasked) return resolveTasks(deps, refund, { step: STEP, atVersion: stream.length });
  const isNews = lastFailure !== undefined && (isReversal(lastFailure) || hasFailedNow.has(refundId));
  const error = isMade ? MADE_AT_CHANNEL : isNews ? failure : undefined;
  if (wasTask || error === undefined) return undefined;
  return openTask(deps, { orderId, kind: 'refund', refundId, error, dueAt }, STEP);
}
