import type {
  PaymentRefunded,
  RecordedOrderEvent,
  RefundFailed,
  RefundRequested,
  TaskOpened,
} from '../../published/order-events.ts';
import { classify } from '../../shared/kernel/errors.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { openTask } from '../../shared/saga-step/open-task.ts';
import { fact, recordFact } from '../../shared/saga-step/record-fact.ts';
import { PaymentGatewayUnavailable, PaymentRequestRefused } from '../domain/errors.ts';
import { afterRefund } from '../domain/refund-outcome.ts';
import type { PaymentDeps, PaymentGateway } from './ports.ts';

interface RefundRequest {
  readonly orderId: OrderId;
  readonly refundId: string;
  /** A person wants a refund that has failed to be tried again. */
  readonly isResumed: boolean;
  /** Whether the refund fails, instead of being tried again, when the gateway stays away. */
  readonly isLastAttempt: boolean;
  /** When a person should have seen to a refund that fails: milliseconds since the epoch. */
  readonly taskDueAt: number;
}

type Requested = RecordedOrderEvent<RefundRequested>;
type Answer = PaymentRefunded | RefundFailed;

/**
 * Makes a requested refund once, and records PaymentRefunded, or RefundFailed with a person's task when the gateway refuses it for good.
 * Everything else is thrown: the queue delivers the request again, and in the end its dead-letter queue keeps it for an operator.
 * @throws PaymentGatewayUnavailable, CircuitOpen, PartnerBusy, NoHealthyInstance unless it is the last attempt; PaymentOutcomeUnknown;
 *   ConcurrencyConflict; OrderChanged when it has failed here but was made elsewhere; Error when the stream holds no request for the refund
 */
export async function refundPayment(deps: PaymentDeps, asked: RefundRequest): Promise<void> {
  const { gateway, log, now } = deps;
  const { orderId, refundId } = asked;
  const stream = await log.read(orderId);
  const request = stream.find(
    (event): event is Requested => event.type === 'RefundRequested' && event.data.refundId === refundId,
  );
  if (!request) throw new Error(`The stream of order ${orderId} holds no request for the refund ${refundId}.`);
  const isAnswer = (event: RecordedOrderEvent): event is RecordedOrderEvent<Answer> =>
    (event.type === 'PaymentRefunded' || event.type === 'RefundFailed') && event.data.refundId === refundId;
  const known = stream.filter(isAnswer);
  const failure = known.find((event) => event.type === 'RefundFailed');
  const isMade = known.some(({ type }) => type === 'PaymentRefunded');
  // A refund that has failed is tried again by a person only: its amount may have been requested under another id. But another
  // attempt may have made it after all.
  const ask = failure === undefined || asked.isResumed ? refund : found;
  const answer = isMade ? undefined : await ask(gateway, request, asked.isLastAttempt);
  if (answer && !(failure && answer.type === 'RefundFailed')) {
    // Money that went back is recorded in any case; a failure only while the stream does not say otherwise.
    const outdatedBy = answer.type === 'RefundFailed' ? isAnswer : () => false;
    const event = fact(request, answer, 'RefundPayment', now());
    await recordFact(log, { orderId, atVersion: stream.length, event, outdatedBy });
  }
  const tasks = stream.filter((event): event is RecordedOrderEvent<TaskOpened> => isTask(event, refundId));
  if (isMade || answer?.type === 'PaymentRefunded') return resolve(deps, request, stream, tasks);
  const failed = failure?.data ?? answer?.data;
  if (tasks.length === 0 && failed && 'reason' in failed) {
    const { reason: error } = failed;
    await openTask(deps, { orderId, kind: 'refund', refundId, error, dueAt: asked.taskDueAt }, 'RefundPayment');
  }
}

const isTask = (event: RecordedOrderEvent, refundId: string): boolean =>
  event.type === 'TaskOpened' && event.data.kind === 'refund' && event.data.refundId === refundId;

/** The refund is made: nobody has to see to it any more. */
async function resolve(
  { log, now }: PaymentDeps,
  request: Requested,
  stream: readonly RecordedOrderEvent[],
  tasks: readonly RecordedOrderEvent<TaskOpened>[],
): Promise<void> {
  const { orderId, data } = request;
  const resolved = new Set(stream.flatMap((event) => (event.type === 'TaskResolved' ? [event.data.taskId] : [])));
  for (const { taskId } of tasks.map((task) => task.data).filter((task) => !resolved.has(task.taskId))) {
    const about = { taskId, kind: 'refund', refundId: data.refundId, resolution: 'completed' } as const;
    const event = fact(request, { type: 'TaskResolved', data: about }, 'RefundPayment', now());
    await recordFact(log, { orderId, atVersion: stream.length, event });
  }
}

/**
 * A gateway that does not take the request as it is refuses it. One that is away has not, until the last attempt. An unknown outcome
 * is no failure, not even then: the money may be gone.
 */
async function refund(gateway: PaymentGateway, request: Requested, isLastAttempt: boolean): Promise<Answer> {
  const { orderId, data } = request;
  try {
    return afterRefund(data, await gateway.refund(orderId, data.refundId, data.amount));
  } catch (error) {
    const reason = reasonOf(error, isLastAttempt);
    if (reason === undefined) throw error;
    // An earlier attempt may have come through: the gateway's books decide, not this answer.
    const answer = await found(gateway, request);
    return answer.type === 'PaymentRefunded'
      ? answer
      : { type: 'RefundFailed', data: { refundId: data.refundId, reason } };
  }
}

function reasonOf(error: unknown, isLastAttempt: boolean): string | undefined {
  if (error instanceof PaymentRequestRefused) return 'request_refused';
  const isAway = error instanceof PaymentGatewayUnavailable || classify(error).strategy === 'wait';
  return isAway && isLastAttempt ? 'gateway_unavailable' : undefined;
}

/** What the gateway's books say of a refund, without asking for it. */
const found = async (gateway: PaymentGateway, { orderId, data }: Requested): Promise<Answer> =>
  afterRefund(data, await gateway.find(orderId));
