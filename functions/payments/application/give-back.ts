import type {
  PaymentRefunded,
  RecordedOrderEvent,
  RefundFailed,
  RefundRequested,
} from '../../published/order-events.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { fact, recordFact } from '../../shared/saga-step/record-fact.ts';
import { PaymentGatewayUnavailable } from '../domain/errors.ts';
import { afterRefund } from '../domain/give-back.ts';
import type { PaymentDeps } from './payment-steps.ts';
import type { PaymentGateway } from './ports.ts';

interface RefundStep {
  readonly orderId: OrderId;
  readonly refundId: string;
  /** Whether a gateway that does nothing makes the refund fail instead of coming again. */
  readonly isLastAttempt: boolean;
}

type Request = RecordedOrderEvent<RefundRequested>;
type Answer = PaymentRefunded | RefundFailed;

/**
 * Carries out a refund that was asked for, once, and records PaymentRefunded, or RefundFailed when the gateway refuses it for
 * good. Everything else is thrown, so that the request comes again and in the end to a person.
 * @throws PaymentGatewayUnavailable unless it is the last attempt, PaymentOutcomeUnknown, PaymentRequestRefused,
 *   ConcurrencyConflict, OrderChanged when it has failed here but was made elsewhere, Error when nobody asked for the refund
 */
export async function giveBack(
  { gateway, log, now }: PaymentDeps,
  { orderId, refundId, isLastAttempt }: RefundStep,
): Promise<void> {
  const stream = await log.read(orderId);
  const request = stream.find(
    (event): event is Request => event.type === 'RefundRequested' && event.data.refundId === refundId,
  );
  if (!request) throw new Error(`The stream of order ${orderId} holds no request for the refund ${refundId}.`);
  const isAnswer = (event: RecordedOrderEvent): boolean =>
    (event.type === 'PaymentRefunded' || event.type === 'RefundFailed') && event.data.refundId === refundId;
  const known = stream.filter(isAnswer);
  if (known.some(({ type }) => type === 'PaymentRefunded')) return;
  // What has failed is not tried again: its amount may have been asked for anew. But another attempt may have made it after all.
  const hasFailed = known.length > 0;
  const answer = hasFailed ? await found(gateway, request) : await refund(gateway, request, isLastAttempt);
  if (hasFailed && answer.type === 'RefundFailed') return;
  // Money that went back is told of in any case; a failure only while nobody has told otherwise.
  const outdatedBy = answer.type === 'RefundFailed' ? isAnswer : () => false;
  await recordFact(log, {
    orderId,
    atVersion: stream.length,
    event: fact(request, answer, 'RefundPayment', now()),
    outdatedBy,
  });
}

/** An outcome that nobody knows is no failure, on the last attempt either: the money may be gone. */
async function refund(gateway: PaymentGateway, request: Request, isLastAttempt: boolean): Promise<Answer> {
  const { orderId, data } = request;
  try {
    return afterRefund(data, await gateway.refund(orderId, data.refundId, data.amount));
  } catch (error) {
    if (!(isLastAttempt && error instanceof PaymentGatewayUnavailable)) throw error;
    // An earlier attempt may have come through: the gateway's books decide, not this answer.
    const answer = await found(gateway, request);
    return answer.type === 'PaymentRefunded'
      ? answer
      : { type: 'RefundFailed', data: { refundId: data.refundId, reason: 'gateway_unavailable' } };
  }
}

/** What the gateway's books say of a refund, without asking for it. */
const found = async (gateway: PaymentGateway, { orderId, data }: Request): Promise<Answer> =>
  afterRefund(data, await gateway.find(orderId));
