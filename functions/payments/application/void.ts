import type { OrderId } from '../../shared/kernel/ids.ts';
import { concludeStep } from '../../shared/saga-step/conclude-step.ts';
import { readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import type { Step } from '../../shared/saga-step/step-input.ts';
import { isToBeUndone } from '../../shared/saga-step/stop-conditions.ts';
import { COMPENSATION, decideCompensation, type PaymentCompensation } from '../domain/compensate-payment.ts';
import { PaymentOutcomeUnknown } from '../domain/errors.ts';
import type { PaymentDeps, PaymentGateway } from './ports.ts';

/** A capture that wins against the void makes one more round, for the refund. */
const MAX_ROUNDS = 3;

/**
 * Voids the authorisation or refunds the capture, whichever the gateway has, and closes the payment against an authorisation
 * that comes late. Records PaymentVoided or PaymentRefunded; nothing when there was nothing to compensate. Does nothing when
 * the log has nothing to undo.
 * @throws PaymentGatewayUnavailable, PaymentOutcomeUnknown, OrderNotFound, ConcurrencyConflict
 */
export async function voidPayment(deps: PaymentDeps, { orderId }: Step): Promise<void> {
  const order = await readOrderSoFar(deps.log, orderId);
  if (!isToBeUndone(order, 'VoidPayment')) return;
  const outcome = await compensate(deps.gateway, orderId);
  await concludeStep(deps, { order, step: 'VoidPayment', outcome });
}

async function compensate(
  gateway: PaymentGateway,
  orderId: OrderId,
): Promise<Extract<PaymentCompensation, { kind: 'done' }>> {
  let payment = await gateway.find(orderId);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = decideCompensation(payment);
    if (next.kind === 'done') return next;
    payment =
      next.kind === 'void' ? await gateway.void(orderId) : await gateway.refund(orderId, COMPENSATION, next.amount);
  }
  throw new PaymentOutcomeUnknown(
    orderId,
    new Error(`The payment is still ${payment.status} after ${MAX_ROUNDS} rounds.`),
  );
}
