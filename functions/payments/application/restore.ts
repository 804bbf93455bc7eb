import { concludeStep } from '../../shared/saga-step/conclude-step.ts';
import { readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import type { ChangeStep } from '../../shared/saga-step/step-input.ts';
import { afterRaise } from '../domain/take-payment.ts';
import { gatewayOf } from './gateway-of.ts';
import type { PaymentDeps } from './ports.ts';

/**
 * Lowers the authorisation to the order's total after a change was refused, unless another change is under way: that
 * one decides then how much is to be authorised. Does nothing when a person has settled it.
 * @throws PaymentGatewayUnavailable, PaymentOutcomeUnknown, OrderNotFound, ConcurrencyConflict
 */
export async function restoreAuthorisation(deps: PaymentDeps, { orderId, changeId }: ChangeStep): Promise<void> {
  const order = await readOrderSoFar(deps.log, orderId);
  const { lastChange, pendingChange, total } = order;
  if (order.settled.has('RestoreAuthorisation')) return;
  const gateway = gatewayOf(deps.gateways, order.created);
  const held = await gateway.find(orderId);
  const isHigher = held.status === 'authorised' && held.amount.amount > total.amount;
  if (!lastChange || pendingChange || !isHigher) return;
  const payment = await gateway.adjust(orderId, `${changeId}-restored`, total);
  const outcome = afterRaise(orderId, payment, total);
  await concludeStep(deps, { order, step: 'RestoreAuthorisation', cause: lastChange, outcome });
}
