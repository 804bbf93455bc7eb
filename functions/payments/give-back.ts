import type { OrderId } from '../shared/kernel/ids.ts';
import type { PaymentRefunded, RecordedOrderEvent, RefundFailed, RefundRequested } from '../shared/kernel/order-events.ts';
import { fact, recordFact } from '../shared/order-log/record-fact.ts';
import { PaymentGatewayUnavailable } from './domain/errors.ts';
import { afterRefund } from './domain/give-back.ts';
import type { PaymentDeps } from './payment-steps.ts';
import type { PaymentGateway } from './ports.ts';

interface RefundStep {
  readonly orderId: OrderId;
  readonly refundId: string;
  /** Whether a gateway that does nothing makes the refund fail instead of coming again. */
  readonly isLastAttempt: boolean;
}

/**
 * Carries out a refund that was asked for, once, and records PaymentRefunded, or RefundFailed when the gateway refuses it for
 * good. Everything else is thrown, so that the request comes again and in the end to a person.
 * @throws PaymentGatewayUnavailable unless it is the last attempt, PaymentOutcomeUnknown, PaymentRequestRefused,
 *   ConcurrencyConflict, Error when nobody asked for the refund
 */
export async function giveBack({ gateway, log, now }: PaymentDeps, { orderId, refundId, isLastAttempt }: RefundStep): Promise<void> {
  const stream = await log.read(orderId);
  const request = stream.find((event): event is RecordedOrderEvent<RefundRequested> => event.type === 'RefundRequested' && event.data.refundId === refundId);
  if (!request) throw new Error(`The stream of order ${orderId} holds no request for the refund ${refundId}.`);
  // A refund that was refused stays refused, even if the gateway would take it by now: its amount may have been asked for anew.
  if (stream.some((event) => (event.type === 'PaymentRefunded' || event.type === 'RefundFailed') && event.data.refundId === refundId)) return;
  const outcome = await refund(gateway, request, isLastAttempt);
  const event = fact(request, outcome, 'RefundPayment', now());
  await recordFact(log, { orderId, atVersion: stream.length, event });
}

/** An outcome that nobody knows is no failure, on the last attempt either: the money may be gone. */
async function refund(gateway: PaymentGateway, { orderId, data }: RecordedOrderEvent<RefundRequested>, isLastAttempt: boolean): Promise<PaymentRefunded | RefundFailed> {
  try {
    return afterRefund(data, await gateway.refund(orderId, data.refundId, data.amount));
  } catch (error) {
    if (!(isLastAttempt && error instanceof PaymentGatewayUnavailable)) throw error;
    return { type: 'RefundFailed', data: { refundId: data.refundId, reason: 'gateway_unavailable' } };
  }
}
