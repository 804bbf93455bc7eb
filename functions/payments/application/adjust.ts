import { concludeStep } from '../../shared/saga-step/conclude-step.ts';
import { readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import type { ChangeStep } from '../../shared/saga-step/step-input.ts';
import { changeToMake } from '../../shared/saga-step/stop-conditions.ts';
import { afterRaise, isShort } from '../domain/take-payment.ts';
import { gatewayOf } from './gateway-of.ts';
import type { PaymentDeps } from './ports.ts';

/**
 * Raises the authorisation to the total that a change of items gives the order, if there is one and it is for less. The gateway
 * is asked and not the stream: an authorisation may have lost its answer. See docs/decisions/0031-money-before-goods.md.
 * @throws PaymentDeclined when the raise is declined, and the authorisation stays as it was; ItemsChangeNotPossible,
 *   PaymentGatewayUnavailable, PaymentOutcomeUnknown, OrderNotFound, ConcurrencyConflict
 */
export async function adjustAuthorisation(deps: PaymentDeps, step: ChangeStep): Promise<void> {
  const { orderId, changeId } = step;
  const order = await readOrderSoFar(deps.log, orderId);
  const change = changeToMake(order, step);
  if (!change) return;
  const { total } = change.data;
  const gateway = gatewayOf(deps.gateways, order);
  const held = await gateway.find(orderId);
  const short = isShort(held, total);
  if (!short && (!order.authorised || order.authorised.amount >= total.amount)) return;
  // An attempt that lost its answer has raised the authorisation already, which is still to be recorded.
  const payment = short ? await gateway.adjust(orderId, changeId, total) : held;
  const outcome = afterRaise(orderId, payment, total);
  await concludeStep(deps, { order, step: 'AdjustAuthorisation', cause: change, outcome });
}
