import type { PaymentRefunded, RecordedOrderEvent, RefundFailed, TaskResumed } from '../../published/order-events.ts';
import { classify } from '../../shared/kernel/errors.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { openTask } from '../../shared/saga-step/open-task.ts';
import { orderSoFar } from '../../shared/saga-step/order-so-far.ts';
import { fact, recordFact } from '../../shared/saga-step/record-fact.ts';
import { PaymentGatewayUnavailable, PaymentOutcomeUnknown, PaymentRequestRefused } from '../domain/errors.ts';
import type { Payment } from '../domain/payment.ts';
import { afterRefund } from '../domain/refund-outcome.ts';
import {
  isAllBack,
  isAnswerTo,
  isOvertaken,
  isToBeRetried,
  type RefundSoFar,
  refundsSoFar,
  twinsOf,
} from '../domain/refund-so-far.ts';
import { resolveTasks } from './end-refunds.ts';
import { gatewayOf } from './gateway-of.ts';
import type { PaymentDeps, PaymentGateway } from './ports.ts';

interface RefundRequest {
  readonly orderId: OrderId;
  readonly refundId: string;
  /** With it a person wants a refund that has failed to be tried again. */
  readonly resumed?: RecordedOrderEvent<TaskResumed>;
  /** Whether the refund fails, instead of being tried again, when the gateway stays away. */
  readonly isLastAttempt: boolean;
  /** When a person should have seen to a refund that fails: milliseconds since the epoch. */
  readonly taskDueAt: number;
}

type Answer = PaymentRefunded | RefundFailed;

const STEP = 'RefundPayment';

/**
 * Makes a requested refund once, and records PaymentRefunded, or RefundFailed with a person's task when the gateway refuses it for good; once more
 * each time that a person has it tried again in vain. Each such wish is tried once, however often its event comes. A task has nothing left
 * to do when other refunds have given all of the payment back.
 * Does nothing when the order is to be cancelled, which gives all of the payment back. Everything else is thrown: the queue delivers the
 * request again, and in the end its dead-letter queue keeps it for an operator.
 * @throws PaymentGatewayUnavailable, CircuitOpen, PartnerBusy, NoHealthyInstance unless it is the last attempt; PaymentOutcomeUnknown;
 *   ConcurrencyConflict; OrderChanged when it has failed here but was made elsewhere; Error when the stream holds no request for the refund
 */
export async function refundPayment(deps: PaymentDeps, asked: RefundRequest): Promise<void> {
  const { gateways, log, now } = deps;
  const { orderId, refundId, resumed } = asked;
  const stream = await log.read(orderId);
  const all = refundsSoFar(stream);
  const soFar = all.find((refund) => refund.refundId === refundId);
  if (!soFar) throw new Error(`The stream of order ${orderId} holds no request for the refund ${refundId}.`);
  // VoidPayment gives all of the payment back, and ends the refund.
  if (isOvertaken(stream)) return;
  const { request, isMade, failure, wasTask } = soFar;
  const at = { step: STEP, atVersion: stream.length };
  const twins = twinsOf(soFar, all);
  // It was requested again meanwhile: the customer gets the money once.
  const isReplaced = twins.some((twin) => twin.failure === undefined && twin.request.version > soFar.failedAt);
  if (!isMade && isReplaced && resumed) return resolveTasks(deps, soFar, at);
  // A refund that has failed is tried again by a person only: its amount may have been requested under another id. But another
  // attempt may have made it after all.
  const isRetried = resumed !== undefined && !isAllBack(stream) && isToBeRetried(stream, soFar, resumed);
  const ask = failure === undefined || isRetried ? refund : found;
  const answer = isMade
    ? undefined
    : await ask(gatewayOf(gateways, orderSoFar(orderId, stream), soFar), soFar, asked.isLastAttempt);
  const cause = answer && causeOf(answer, soFar, { resumed, isRetried });
  if (answer && cause) {
    // What is said of it meanwhile may say otherwise: then it is asked for again.
    const outdatedBy = (event: RecordedOrderEvent) =>
      isAnswerTo(refundId, event) || (answer.type === 'PaymentRefunded' && event.type === 'PaymentNotified');
    const event = fact(cause, answer, STEP, now());
    const isKnown = stream.some(({ eventId }) => eventId === event.eventId);
    if (!isKnown) await recordFact(log, { orderId, atVersion: stream.length, event, outdatedBy });
  }
  if (isMade || answer?.type === 'PaymentRefunded') {
    const replaced = twins.filter((twin) => twin.failedAt < request.version);
    for (const done of [soFar, ...replaced]) {
      await resolveTasks(deps, done, at);
    }
    await resolveNeedless(deps, orderId, all);
    return;
  }
  await resolveNeedless(deps, orderId, [soFar]);
  const error = failure ?? answer?.data.reason;
  if (wasTask || error === undefined) return;
  const newer = await log.read(orderId);
  if (isOvertaken(newer) || isAllBack(newer)) return;
  await openTask(deps, { orderId, kind: 'refund', refundId, error, dueAt: asked.taskDueAt }, STEP);
}

interface Wish {
  readonly resumed: RecordedOrderEvent<TaskResumed> | undefined;
  /** False for one that is not to be carried out any more, such as when a person has made the refund outside since. */
  readonly isRetried: boolean;
}

/** What the answer follows from; undefined when nobody has asked for what failed once more. */
function causeOf(
  { type }: Answer,
  { request, failure, lastFailure }: RefundSoFar,
  { resumed, isRetried }: Wish,
): RecordedOrderEvent | undefined {
  if (failure === undefined) return request;
  if (type === 'RefundFailed') return isRetried ? resumed : undefined;
  return resumed ?? lastFailure;
}

/** Resolves the tasks of refunds that have failed, once other refunds have given all of the payment back. */
async function resolveNeedless(deps: PaymentDeps, orderId: OrderId, refunds: readonly RefundSoFar[]): Promise<void> {
  if (refunds.every(({ openTasks }) => openTasks.length === 0)) return;
  const stream = await deps.log.read(orderId);
  if (!isAllBack(stream)) return;
  const ids = new Set(refunds.map(({ refundId }) => refundId));
  for (const refund of refundsSoFar(stream).filter((one) => ids.has(one.refundId) && !one.isMade)) {
    await resolveTasks(deps, refund, { step: STEP, atVersion: stream.length, resolution: 'nothing_to_do' });
  }
}

/**
 * A gateway that does not take the request as it is refuses it. One that is away has not, until the last attempt. An unknown outcome
 * is no failure, not even then: the money may be gone.
 */
async function refund(gateway: PaymentGateway, wanted: RefundSoFar, isLastAttempt: boolean): Promise<Answer> {
  const {
    refundId,
    amount,
    failure,
    request: { orderId },
  } = wanted;
  try {
    return settled(wanted, await gateway.refund(orderId, refundId, amount, failure !== undefined));
  } catch (error) {
    const reason = reasonOf(error, isLastAttempt);
    if (reason === undefined) throw error;
    // An earlier attempt may have come through: the gateway's books decide, not this answer.
    const answer = await found(gateway, wanted);
    return answer.type === 'PaymentRefunded' ? answer : { type: 'RefundFailed', data: { refundId, reason } };
  }
}

function reasonOf(error: unknown, isLastAttempt: boolean): string | undefined {
  if (error instanceof PaymentRequestRefused) return 'request_refused';
  const isAway = error instanceof PaymentGatewayUnavailable || classify(error).strategy === 'wait';
  return isAway && isLastAttempt ? 'gateway_unavailable' : undefined;
}

/** What the gateway's books say of a refund, without asking for it. */
const found = async (gateway: PaymentGateway, wanted: RefundSoFar): Promise<Answer> =>
  settled(wanted, await gateway.find(wanted.request.orderId));

/** @throws PaymentOutcomeUnknown while the money is on its way: the queue asks again later */
function settled(wanted: RefundSoFar, payment: Payment): Answer {
  const answer = afterRefund(wanted, payment);
  if (answer === undefined) {
    throw new PaymentOutcomeUnknown(wanted.request.orderId, new Error('The refund is still on its way.'));
  }
  return answer;
}
