import type { OrderId } from '../shared/kernel/ids.ts';
import type { RecordedOrderEvent, RefundRequested } from '../shared/kernel/order-events.ts';
import { fact, recordFact } from '../shared/order-log/record-fact.ts';
import { afterRefund } from './domain/give-back.ts';
import type { PaymentDeps } from './payment-steps.ts';

/**
 * Carries out a refund that was asked for, once, and records PaymentRefunded, or RefundFailed when the gateway refuses it for
 * good. Everything else is thrown, so that the request comes again and in the end to a person.
 * @throws PaymentGatewayUnavailable, PaymentOutcomeUnknown, PaymentRequestRefused, ConcurrencyConflict, Error when nobody
 *   asked for the refund
 */
export async function giveBack({ gateway, log, now }: PaymentDeps, orderId: OrderId, refundId: string): Promise<void> {
  const stream = await log.read(orderId);
  const request = stream.find((event): event is RecordedOrderEvent<RefundRequested> => event.type === 'RefundRequested' && event.data.refundId === refundId);
  if (!request) throw new Error(`The stream of order ${orderId} holds no request for the refund ${refundId}.`);
  // A refund that was refused stays refused, even if the gateway would take it by now: its amount may have been asked for anew.
  if (stream.some((event) => (event.type === 'PaymentRefunded' || event.type === 'RefundFailed') && event.data.refundId === refundId)) return;
  const payment = await gateway.refund(orderId, refundId, request.data.amount);
  const event = fact(request, afterRefund(request.data, payment), 'RefundPayment', now());
  await recordFact(log, { orderId, atVersion: stream.length, event });
}
