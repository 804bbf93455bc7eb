import { concludeStep } from '../../shared/saga-step/conclude-step.ts';
import { type OrderSoFar, readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import type { Step } from '../../shared/saga-step/step-input.ts';
import { isToBeUndone } from '../../shared/saga-step/stop-conditions.ts';
import { COMPENSATION, decideCompensation, type PaymentCompensation } from '../domain/compensate-payment.ts';
import { PaymentOutcomeUnknown } from '../domain/errors.ts';
import type { CapturedPayment, Payment } from '../domain/payment.ts';
import { endRefunds } from './end-refunds.ts';
import { gatewayOf } from './gateway-of.ts';
import type { PaymentDeps, PaymentGateway } from './ports.ts';

/** A capture that wins against the void makes one more round, for the refund. */
const MAX_ROUNDS = 3;
const STEP = 'VoidPayment';

interface Compensated {
  readonly payment: Payment;
  readonly outcome: Extract<PaymentCompensation, { kind: 'done' }>;
}

/** A person has seen to the payment: the gateway is not asked what became of it. */
const BY_PERSON: Payment = { status: 'none' };

/**
 * Voids the authorisation or refunds the capture, whichever the gateway has, and closes the payment against an authorisation
 * that comes late. Records PaymentVoided or PaymentRefunded, and before it a capture that was not recorded; nothing when there was nothing to compensate. Does nothing of this when
 * the log has nothing to undo. Then ends the refunds that the cancellation has overtaken.
 * @throws PaymentGatewayUnavailable, PaymentOutcomeUnknown, OrderNotFound, ConcurrencyConflict
 */
export async function voidPayment(deps: PaymentDeps, { orderId }: Step): Promise<void> {
  const order = await readOrderSoFar(deps.log, orderId);
  if (isToBeUndone(order, STEP)) {
    const { payment, outcome } = await compensate(deps, order, gatewayOf(deps.gateways, order));
    await concludeStep(deps, { order, step: STEP, outcome });
    // Only a payment that was captured had refunds.
    if ('refunds' in payment) await endRefunds(deps, orderId, payment, STEP);
  } else if (order.settled.has(STEP)) {
    await endRefunds(deps, orderId, BY_PERSON, STEP);
  }
}

async function compensate(deps: PaymentDeps, order: OrderSoFar, gateway: PaymentGateway): Promise<Compensated> {
  const { orderId } = order.created;
  let payment = await gateway.find(orderId);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = decideCompensation(payment);
    if (next.kind === 'done') return { payment, outcome: next };
    if (payment.status === 'captured') await recordCapture(deps, order, payment);
    if (next.kind === 'wait') throw new PaymentOutcomeUnknown(orderId, new Error('A refund is still on its way.'));
    payment =
      next.kind === 'void' ? await gateway.void(orderId) : await gateway.refund(orderId, COMPENSATION, next.amount);
  }
  throw new PaymentOutcomeUnknown(
    orderId,
    new Error(`The payment is still ${payment.status} after ${MAX_ROUNDS} rounds.`),
  );
}

/** Money that was taken without our knowing is owed to the customer until it is back: the books have it from now on. */
async function recordCapture(
  deps: PaymentDeps,
  order: OrderSoFar,
  { paymentId, amount }: CapturedPayment,
): Promise<void> {
  const outcome = { fact: { type: 'PaymentCaptured', data: { paymentId, amount } } } as const;
  await concludeStep(deps, { order, step: STEP, outcome });
}
