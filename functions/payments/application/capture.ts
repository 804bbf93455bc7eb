import { concludeStep } from '../../shared/saga-step/conclude-step.ts';
import { type OrderSoFar, readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import type { ForwardStep } from '../../shared/saga-step/step-input.ts';
import { stopIfNotWanted } from '../../shared/saga-step/stop-conditions.ts';
import type { Payment } from '../domain/payment.ts';
import { afterCapture, afterRaise, isShort } from '../domain/take-payment.ts';
import { gatewayOf } from './gateway-of.ts';
import type { PaymentDeps, PaymentGateway } from './ports.ts';

/**
 * Takes the order's total and records PaymentCaptured.
 * @throws PaymentDeclined, PaymentVoided, PaymentNotAuthorised, PaymentGatewayUnavailable, PaymentOutcomeUnknown,
 *   CancellationRequested, CancellationAfterAttempt, OrderNotFound, ConcurrencyConflict
 */
export async function capturePayment(deps: PaymentDeps, step: ForwardStep): Promise<void> {
  const order = await readOrderSoFar(deps.log, step.orderId);
  await stopIfNotWanted(deps, order, step);
  const payment = await capture(gatewayOf(deps.gateways, order.created), order);
  await concludeStep(deps, { order, step: 'CapturePayment', outcome: afterCapture(step.orderId, payment) });
}

/**
 * Too little is authorised when two changes of items have crossed; then the authorisation is raised first.
 * @throws PaymentDeclined
 */
async function capture(
  gateway: PaymentGateway,
  { created: { orderId }, total, version }: OrderSoFar,
): Promise<Payment> {
  const payment = await gateway.capture(orderId, total);
  if (!isShort(payment, total)) return payment;
  const raise = afterRaise(orderId, await gateway.adjust(orderId, `capture-${version}`, total), total);
  if (raise.refusal) throw raise.refusal;
  return gateway.capture(orderId, total);
}
