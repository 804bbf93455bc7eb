import { concludeStep } from '../../shared/saga-step/conclude-step.ts';
import { type OrderSoFar, readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import type { ForwardStep } from '../../shared/saga-step/step-input.ts';
import {
  outdatesAuthorisation,
  stopBeforeAuthorisation,
  stopIfNotWanted,
} from '../../shared/saga-step/stop-conditions.ts';
import { afterSending } from '../domain/errors.ts';
import { afterAuthorisation, afterFailedRaise, isShort } from '../domain/take-payment.ts';
import { gatewayOf } from './gateway-of.ts';
import type { PaymentDeps, PaymentGateway } from './ports.ts';

/**
 * Holds the order's total and records PaymentAuthorised; a declined card is recorded, too.
 * @throws PaymentDeclined, PaymentVoided, PaymentGatewayUnavailable, PaymentOutcomeUnknown, CancellationRequested,
 *   CancellationAfterAttempt, OrderChanged while the customer changes the items to ones that cost no more, OrderNotFound, ConcurrencyConflict
 */
export async function authorisePayment(deps: PaymentDeps, step: ForwardStep): Promise<void> {
  const order = await readOrderSoFar(deps.log, step.orderId);
  await stopIfNotWanted(deps, order, step);
  stopBeforeAuthorisation(order);
  const outcome = await authorise(gatewayOf(deps.gateways, order.created), order);
  await concludeStep(deps, { order, step: 'AuthorisePayment', outcome, outdatedBy: outdatesAuthorisation(order) });
}

/**
 * An authorisation of the order as it was before a change, which cannot be raised, is voided: declined means that
 * nothing is authorised.
 */
async function authorise(gateway: PaymentGateway, { created, cause, total }: OrderSoFar) {
  const { orderId, data } = created;
  const payment = await gateway.authorise(orderId, total, {
    method: data.paymentMethod,
    begunAt: Date.parse(cause.occurredAt),
  });
  if (!isShort(payment, total)) return afterAuthorisation(orderId, payment);
  await gateway.void(orderId).catch((error: unknown) => {
    throw afterSending(orderId, error);
  });
  return afterFailedRaise(orderId);
}
