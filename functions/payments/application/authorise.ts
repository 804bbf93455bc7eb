import { type Configuration, DEFAULT_CONFIGURATION } from '../../shared/configuration/document.ts';
import { concludeStep } from '../../shared/saga-step/conclude-step.ts';
import { type OrderSoFar, readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import type { ForwardStep } from '../../shared/saga-step/step-input.ts';
import { isWanted, outdatesAuthorisation, stopBeforeAuthorisation } from '../../shared/saga-step/stop-conditions.ts';
import { afterSending, PaymentPending } from '../domain/errors.ts';
import type { Payment } from '../domain/payment.ts';
import { afterAuthorisation, afterFailedRaise, isShort } from '../domain/take-payment.ts';
import { gatewayOf } from './gateway-of.ts';
import type { PaymentDeps, PaymentGateway } from './ports.ts';

type PayWithinSeconds = Configuration['payments']['payWithinSeconds'];

/**
 * Holds the order's total and records PaymentAuthorised, or takes it and records PaymentCaptured, as the channel does it. A payment that was
 * declined is recorded, too, and so is what the customer has to do first.
 * @throws PaymentPending, PaymentDeclined, PaymentVoided, PaymentGatewayUnavailable, PaymentOutcomeUnknown, CancellationRequested,
 *   CancellationAfterAttempt, OrderChanged while the customer changes the items to ones that cost no more, OrderNotFound, ConcurrencyConflict
 */
export async function authorisePayment(
  deps: PaymentDeps,
  step: ForwardStep,
  payWithinSeconds: PayWithinSeconds = DEFAULT_CONFIGURATION.payments.payWithinSeconds,
): Promise<void> {
  const order = await readOrderSoFar(deps.log, step.orderId);
  if (!(await isWanted(deps, order, step))) return;
  stopBeforeAuthorisation(order);
  const gateway = gatewayOf(deps.gateways, order);
  const payBefore =
    Date.parse(order.wentOnAt ?? order.cause.occurredAt) +
    1_000 * payWithinSeconds[order.created.data.paymentMethod.type];
  const outcome = (await isNotPaidInTime(gateway, order, deps.now()))
    ? { refusal: new PaymentPending(step.orderId) }
    : await authorise(gateway, order, payBefore);
  await concludeStep(deps, { order, step: 'AuthorisePayment', outcome, outdatedBy: outdatesAuthorisation(order) });
}

/** A channel may close by itself what is not paid in time. */
const NOT_PAID: ReadonlySet<Payment['status']> = new Set(['none', 'pending', 'closed']);

/** By how much the clock of a channel may be ahead, which also counts whole seconds. */
const CLOSES_EARLY_MS = 60_000;

/** When the time of a customer is over, nothing is opened again; but a payment of the last moment counts, of which nobody may have told us. */
async function isNotPaidInTime(
  gateway: PaymentGateway,
  { created, customerToPay }: OrderSoFar,
  now: number,
): Promise<boolean> {
  if (customerToPay === undefined) return false;
  const left = Date.parse(customerToPay.expiresAt) - now;
  if (left > CLOSES_EARLY_MS) return false;
  const { status } = await gateway.find(created.orderId);
  return left > 0 ? status === 'closed' : NOT_PAID.has(status);
}

/**
 * An authorisation of the order as it was before a change, which cannot be raised, is voided: declined means that
 * nothing is authorised.
 */
async function authorise(gateway: PaymentGateway, { created, total }: OrderSoFar, payBefore: number) {
  const { orderId, data } = created;
  const payment = await gateway.authorise(orderId, total, { method: data.paymentMethod, payBefore });
  const expiresAt = new Date(payBefore).toISOString();
  if (!isShort(payment, total)) return afterAuthorisation(orderId, payment, { ...gateway.capabilities, expiresAt });
  await gateway.void(orderId).catch((error: unknown) => {
    throw afterSending(orderId, error);
  });
  return afterFailedRaise(orderId);
}
