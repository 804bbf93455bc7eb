/** What a change of items means for the money that is held. Both steps are safe to repeat. */
import type { OrderId } from '../../shared/kernel/ids.ts';
import { concludeStep } from '../../shared/saga-step/conclude-step.ts';
import { changeToMake } from '../../shared/saga-step/items-change.ts';
import { readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import { afterRaise, isShort } from '../domain/take-payment.ts';
import type { PaymentDeps } from './payment-steps.ts';

interface ChangeStep {
  readonly orderId: OrderId;
  readonly changeId: string;
}

/**
 * Raises what is held to the total that the order is to have, if anything is held and it is less. The gateway is asked and
 * not the stream: an authorisation may have lost its answer. Resolves to the last version that is known of the stream.
 * See docs/decisions/0031-money-before-goods.md.
 * @throws PaymentDeclined when the raise is declined, and what was held is held still; ItemsChangeNotPossible,
 *   PaymentGatewayUnavailable, PaymentOutcomeUnknown, OrderNotFound, ConcurrencyConflict
 */
export async function adjustAuthorisation(deps: PaymentDeps, { orderId, changeId }: ChangeStep): Promise<number> {
  const order = await readOrderSoFar(deps.log, orderId);
  const change = changeToMake(order, changeId);
  if (!change) return order.version;
  const { total } = change.data;
  const held = await deps.gateway.find(orderId);
  if (!isShort(held, total)) return order.version;
  const payment = await deps.gateway.adjust(orderId, changeId, total);
  return concludeStep(deps, {
    order,
    step: 'AdjustAuthorisation',
    cause: change,
    outcome: afterRaise(orderId, payment, total),
  });
}

/**
 * Lowers what is held to the order's total after a change was refused, unless another change is under way: that one decides
 * then what is to be held. Resolves to the last version that is known of the stream.
 * @throws PaymentGatewayUnavailable, PaymentOutcomeUnknown, OrderNotFound, ConcurrencyConflict
 */
export async function restoreAuthorisation(deps: PaymentDeps, { orderId, changeId }: ChangeStep): Promise<number> {
  const order = await readOrderSoFar(deps.log, orderId);
  const { lastChange, pendingChange, total } = order;
  const held = await deps.gateway.find(orderId);
  const isHigher = held.status === 'authorised' && held.amount.amount > total.amount;
  if (!lastChange || pendingChange || !isHigher) return order.version;
  const payment = await deps.gateway.adjust(orderId, `${changeId}-restored`, total);
  return concludeStep(deps, {
    order,
    step: 'RestoreAuthorisation',
    cause: lastChange,
    outcome: afterRaise(orderId, payment, total),
  });
}
