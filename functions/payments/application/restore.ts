import { concludeStep } from '../../shared/saga-step/conclude-step.ts';
import { closeTask } from '../../shared/saga-step/open-task.ts';
import { type OrderSoFar, readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import type { ChangeStep } from '../../shared/saga-step/step-input.ts';
import { afterRaise } from '../domain/take-payment.ts';
import { gatewayOf } from './gateway-of.ts';
import type { PaymentDeps } from './ports.ts';

const STEP = 'RestoreAuthorisation';

/**
 * Lowers the authorisation to the order's total after a change was refused, at a channel that can; elsewhere the capture releases what is too much. Not when another change is under way: that
 * one decides then how much is to be authorised. A task that a person has for it is done with that. Does nothing when a person has settled it.
 * @throws PaymentGatewayUnavailable, PaymentOutcomeUnknown, OrderNotFound, ConcurrencyConflict
 */
export async function restoreAuthorisation(deps: PaymentDeps, { orderId, changeId }: ChangeStep): Promise<void> {
  const order = await readOrderSoFar(deps.log, orderId);
  if (order.settled.has(STEP)) return;
  await lower(deps, order, changeId);
  const task = order.openTasks.find(({ data }) => data.step === STEP && data.changeId === changeId);
  if (task !== undefined) await closeTask(deps, task, order.version, STEP);
}

async function lower(deps: PaymentDeps, order: OrderSoFar, changeId: string): Promise<void> {
  const { lastChange, pendingChange, total, created } = order;
  const { orderId } = created;
  const gateway = gatewayOf(deps.gateways, order);
  if (!gateway.capabilities.lowerable) return;
  const held = await gateway.find(orderId);
  const isHigher = held.status === 'authorised' && held.amount.amount > total.amount;
  if (!lastChange || pendingChange || !isHigher) return;
  const payment = await gateway.adjust(orderId, `${changeId}-restored`, total);
  const outcome = afterRaise(orderId, payment, total);
  await concludeStep(deps, { order, step: STEP, cause: lastChange, outcome });
}
