import type {
  PaymentRefunded,
  RecordedOrderEvent,
  RefundFailed,
  RefundRequested,
} from '../../published/order-events.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { fact, recordFact } from '../../shared/saga-step/record-fact.ts';
import { PaymentGatewayUnavailable } from '../domain/errors.ts';
import { afterRefund } from '../domain/refund-outcome.ts';
import type { PaymentDeps, PaymentGateway } from './ports.ts';

interface RefundRequest {
  readonly orderId: OrderId;
  readonly refundId: string;
  /** Whether the refund fails, instead of being tried again, when the gateway does nothing. */
  readonly isLastAttempt: boolean;
}

type Requested = RecordedOrderEvent<RefundRequested>;
type Answer = PaymentRefunded | RefundFailed;

/**
 * Makes a requested refund once, and records PaymentRefunded, or RefundFailed when the gateway refuses it for good.
 * Everything else is thrown: the queue delivers the request again, and in the end its dead-letter queue keeps it for
 * an operator.
 * @throws PaymentGatewayUnavailable unless it is the last attempt, PaymentOutcomeUnknown, PaymentRequestRefused,
 *   ConcurrencyConflict, OrderChanged when it has failed here but was made elsewhere, Error when the stream holds no request for the refund
 */
export async function refundPayment(
  { gateway, log, now }: PaymentDeps,
  { orderId, refundId, isLastAttempt }: RefundRequest,
): Promise<void> {
  const stream = await log.read(orderId);
  const request = stream.find(
    (event): event is Requested => event.type === 'RefundRequested' && event.data.refundId === refundId,
  );
  if (!request) throw new Error(`The stream of order ${orderId} holds no request for the refund ${refundId}.`);
  const isAnswer = (event: RecordedOrderEvent): boolean =>
    (event.type === 'PaymentRefunded' || event.type === 'RefundFailed') && event.data.refundId === refundId;
  const known = stream.filter(isAnswer);
  if (known.some(({ type }) => type === 'PaymentRefunded')) return;
  // A refund that has failed is not tried again: its amount may have been requested under another id. But another
  // attempt may have made it after all.
  const hasFailed = known.length > 0;
  const answer = hasFailed ? await found(gateway, request) : await refund(gateway, request, isLastAttempt);
  if (hasFailed && answer.type === 'RefundFailed') return;
  // Money that went back is recorded in any case; a failure only while the stream does not say otherwise.
  const outdatedBy = answer.type === 'RefundFailed' ? isAnswer : () => false;
  await recordFact(log, {
    orderId,
    atVersion: stream.length,
    event: fact(request, answer, 'RefundPayment', now()),
    outdatedBy,
  });
}

/** An unknown outcome is no failure, not even on the last attempt: the money may be gone. */
async function refund(gateway: PaymentGateway, request: Requested, isLastAttempt: boolean): Promise<Answer> {
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
const found = async (gateway: PaymentGateway, { orderId, data }: Requested): Promise<Answer> =>
  afterRefund(data, await gateway.find(orderId));
