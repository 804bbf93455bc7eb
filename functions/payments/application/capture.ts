import { EXCESS } from '../../published/order-refunds.ts';
import { money } from '../../shared/kernel/money.ts';
import { concludeStep } from '../../shared/saga-step/conclude-step.ts';
import { openTask } from '../../shared/saga-step/open-task.ts';
import { type OrderSoFar, readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import { fact, recordFact } from '../../shared/saga-step/record-fact.ts';
import type { ForwardStep } from '../../shared/saga-step/step-input.ts';
import { isWanted } from '../../shared/saga-step/stop-conditions.ts';
import { PaymentOutcomeUnknown } from '../domain/errors.ts';
import { type CapturedPayment, failuresOf, type Payment, refundOf } from '../domain/payment.ts';
import { afterCapture, afterRaise, isShort } from '../domain/take-payment.ts';
import { gatewayOf } from './gateway-of.ts';
import type { PaymentDeps, PaymentGateway } from './ports.ts';
import { isPastValidity, renew } from './renew.ts';

const STEP = 'CapturePayment';

export interface CaptureDeps extends PaymentDeps {
  /** How long a person has for what is theirs. */
  readonly settings: () => Promise<{ readonly taskDueSeconds: number }>;
}

/**
 * Takes the order's total and records PaymentCaptured. Refunds what the customer has paid beyond it at checkout.
 * @throws PaymentDeclined, PaymentVoided, PaymentNotAuthorised, PaymentGatewayUnavailable, PaymentOutcomeUnknown,
 *   CancellationRequested, CancellationAfterAttempt, OrderNotFound, ConcurrencyConflict
 */
export async function capturePayment(deps: CaptureDeps, step: ForwardStep): Promise<void> {
  const order = await readOrderSoFar(deps.log, step.orderId);
  if (!(await isWanted(deps, order, step))) return;
  const gateway = gatewayOf(deps.gateways, order);
  const payment = await capture(deps, order, gateway);
  await concludeStep(deps, { order, step: STEP, outcome: afterCapture(step.orderId, payment) });
  if (payment.status === 'captured') await refundExcess(deps, order, payment, gateway);
}

/** What was paid at checkout beyond the total, as it is now, goes back: the customer changed the items, or has transferred too much. */
async function refundExcess(
  deps: CaptureDeps,
  order: OrderSoFar,
  payment: CapturedPayment,
  gateway: PaymentGateway,
): Promise<void> {
  const { created, total, cause } = order;
  const excess = payment.amount.amount - total.amount;
  if (excess <= 0) return;
  const { orderId } = created;
  const made = refundOf(payment, EXCESS);
  const after = made ? payment : await gateway.refund(orderId, EXCESS, money(excess, total.currency));
  const refund = refundOf(after, EXCESS);
  const failure = failuresOf(after, EXCESS).at(-1);
  if (!refund && failure) return excessFailed(deps, order, failure.reason);
  if (!refund || refund.isPending) {
    throw new PaymentOutcomeUnknown(orderId, new Error('The excess is not refunded yet.'));
  }
  const data = { paymentId: payment.paymentId, amount: refund.amount, refundId: EXCESS };
  const event = fact(cause, { type: 'PaymentRefunded', data }, STEP, deps.now());
  if (order.recorded.has(event.eventId)) return;
  await recordFact(deps.log, { orderId, atVersion: order.version, event });
}

/** The order does not wait for it: a person sees to the refund, as to any other that has failed. */
async function excessFailed(deps: CaptureDeps, order: OrderSoFar, reason: string): Promise<void> {
  const { orderId } = order.created;
  const outcome = { fact: { type: 'RefundFailed', data: { refundId: EXCESS, reason } } } as const;
  await concludeStep(deps, { order, step: STEP, outcome });
  const dueAt = deps.now() + 1_000 * (await deps.settings()).taskDueSeconds;
  await openTask(deps, { orderId, kind: 'refund', refundId: EXCESS, error: reason, dueAt }, STEP);
}

/**
 * An authorisation that has expired, by our count or by the gateway's, is renewed first. Too little is authorised when two changes of
 * items have crossed; then the authorisation is raised first.
 * @throws PaymentDeclined
 */
async function capture(deps: PaymentDeps, order: OrderSoFar, gateway: PaymentGateway): Promise<Payment> {
  const {
    created: { orderId },
    total,
    version,
  } = order;
  if (isPastValidity(order, gateway, deps.now())) await renew(deps, order, gateway);
  let payment = await gateway.capture(orderId, total);
  if (payment.status === 'expired') {
    await renew(deps, order, gateway);
    payment = await gateway.capture(orderId, total);
  }
  if (!isShort(payment, total)) return payment;
  const raise = afterRaise(orderId, await gateway.adjust(orderId, `capture-${version}`, total), total);
  if (raise.refusal) throw raise.refusal;
  return gateway.capture(orderId, total);
}
