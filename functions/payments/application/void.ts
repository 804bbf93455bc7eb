import type { OrderId } from '../../shared/kernel/ids.ts';
import { concludeStep } from '../../shared/saga-step/conclude-step.ts';
import { readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import type { Step } from '../../shared/saga-step/step-input.ts';
import { PaymentOutcomeUnknown } from '../domain/errors.ts';
import { COMPENSATION, decideUndo, type Undo } from '../domain/undo-payment.ts';
import type { PaymentDeps, PaymentGateway } from './ports.ts';

/** A capture that wins against the void makes one more round, for the refund. */
const MAX_ROUNDS = 3;

/**
 * Voids the authorisation or refunds the capture, whichever the gateway has, and keeps a late authorisation from holding any
 * money. Records PaymentVoided or PaymentRefunded; nothing when there was nothing to undo.
 * @throws PaymentGatewayUnavailable, PaymentOutcomeUnknown, OrderNotFound, ConcurrencyConflict
 */
export async function voidPayment(deps: PaymentDeps, { orderId }: Step): Promise<void> {
  const order = await readOrderSoFar(deps.log, orderId);
  const outcome = await carryOutUndo(deps.gateway, orderId);
  await concludeStep(deps, { order, step: 'VoidPayment', outcome });
}

async function carryOutUndo(gateway: PaymentGateway, orderId: OrderId): Promise<Extract<Undo, { kind: 'done' }>> {
  let payment = await gateway.find(orderId);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const undo = decideUndo(payment);
    if (undo.kind === 'done') return undo;
    payment =
      undo.kind === 'void' ? await gateway.void(orderId) : await gateway.refund(orderId, COMPENSATION, undo.amount);
  }
  throw new PaymentOutcomeUnknown(
    orderId,
    new Error(`The payment is still ${payment.status} after ${MAX_ROUNDS} rounds.`),
  );
}
