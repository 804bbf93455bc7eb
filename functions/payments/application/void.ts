import type { RecordedOrderEvent } from '../../published/order-events.ts';
import { isReversal } from '../../published/order-refunds.ts';
import { ConcurrencyConflict } from '../../shared/kernel/errors.ts';
import { concludeStep } from '../../shared/saga-step/conclude-step.ts';
import { OrderChanged } from '../../shared/saga-step/errors.ts';
import { type OrderSoFar, readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import type { Step } from '../../shared/saga-step/step-input.ts';
import { isToBeUndone } from '../../shared/saga-step/stop-conditions.ts';
import { decideCompensation, isResumed, type PaymentCompensation } from '../domain/compensate-payment.ts';
import { isCompensation } from '../domain/compensation-ids.ts';
import { PaymentOutcomeUnknown, PaymentRequestRefused } from '../domain/errors.ts';
import type { Payment, Taken } from '../domain/payment.ts';
import { endRefunds } from './end-refunds.ts';
import { gatewayOf } from './gateway-of.ts';
import type { PaymentDeps, PaymentGateway } from './ports.ts';
import { recordReversals, tellsOfRefunds } from './record-reversals.ts';
import { recordUnasked } from './record-unasked.ts';

/** A capture that wins against the void makes one more round, for the refund. */
const MAX_ROUNDS = 3;
const STEP = 'VoidPayment';

interface Compensated {
  /** As it was read before the outcome is recorded. */
  readonly order: OrderSoFar;
  readonly payment: Payment;
  readonly outcome: Extract<PaymentCompensation, { kind: 'done' }>;
}

/** A person has seen to the payment: the gateway is not asked what became of it. */
const BY_PERSON: Payment = { status: 'none' };

/**
 * Voids the authorisation or refunds the capture, whichever the gateway has, and closes the payment against an authorisation
 * that comes late. Records PaymentVoided or PaymentRefunded, and before it a capture that was not recorded; nothing when there was nothing to compensate. Does nothing of this when
 * the log has nothing to undo. Then ends the refunds that the cancellation has overtaken. A refund that has failed is recorded, and made anew
 * when a person has the step tried again. What a person has settled is left as it is.
 * @throws PaymentRequestRefused when a refund has failed: a person has to see to it; PaymentGatewayUnavailable, PaymentOutcomeUnknown, OrderNotFound,
 *   ConcurrencyConflict
 */
export async function voidPayment(deps: PaymentDeps, { orderId }: Step): Promise<void> {
  const order = await readOrderSoFar(deps.log, orderId);
  try {
    if (isToBeUndone(order, STEP)) await undo(deps, order);
    else if (order.settled.has(STEP)) await endAfterPerson(deps, order);
  } catch (error) {
    throw error instanceof OrderChanged ? new ConcurrencyConflict(error.message) : error;
  }
}

/**
 * A person has given the rest back, or written it off. The channel can show later that they did it there; and a refund that was made before that can still fail: only a person
 * knows how to give that back.
 */
async function endAfterPerson(deps: PaymentDeps, before: OrderSoFar): Promise<void> {
  const { orderId } = before.created;
  await endRefunds(deps, orderId, BY_PERSON, STEP);
  const stream = await deps.log.read(orderId);
  if (!stream.some(mayTellOfRefunds)) return;
  const payment = await gatewayOf(deps.gateways, before).find(orderId);
  const isReversed = await recordReversals(deps, stream, payment, STEP);
  await recordUnasked(deps, isReversed ? await deps.log.read(orderId) : stream, payment, STEP);
  const reversal = (await deps.log.read(orderId)).findLast(isReversal);
  const settledAt = stream.findLast(({ type, data }) => type === 'TaskResolved' && data.step === STEP)?.version ?? 0;
  if (reversal && reversal.version > settledAt) {
    throw new PaymentRequestRefused(
      orderId,
      `a refund has failed after a person had settled the rest: ${reversal.data.reason}`,
    );
  }
}

const mayTellOfRefunds = (event: RecordedOrderEvent): boolean =>
  event.type === 'PaymentRefunded' || (event.type === 'PaymentNotified' && event.data.ofRefund === true);

async function undo(deps: PaymentDeps, before: OrderSoFar): Promise<void> {
  const { order, payment, outcome } = await compensate(deps, before, gatewayOf(deps.gateways, before));
  await concludeStep(deps, {
    order,
    step: STEP,
    cause: causeOf(order, outcome),
    outcome,
    outdatedBy: (event) => outcome.fact?.type === 'PaymentRefunded' && tellsOfRefunds(event),
  });
  // Only a payment that was captured had refunds.
  if ('refunds' in payment) await endRefunds(deps, order.created.orderId, payment, STEP);
}

/** Money that goes back once more after a refund has failed is a fact of its own. */
function causeOf({ cause, stream }: OrderSoFar, { fact }: Compensated['outcome']) {
  const failed = stream.findLast(
    (event) =>
      event.type === 'RefundFailed' && (event.data.reversed !== undefined || isCompensation(event.data.refundId)),
  );
  return (fact?.type === 'PaymentRefunded' ? failed : undefined) ?? cause;
}

async function compensate(deps: PaymentDeps, before: OrderSoFar, gateway: PaymentGateway): Promise<Compensated> {
  const { orderId } = before.created;
  let payment = await gateway.find(orderId);
  const isReversed = await recordReversals(deps, before.stream, payment, STEP);
  const reread = isReversed ? await readOrderSoFar(deps.log, orderId) : before;
  const isUnasked = await recordUnasked(deps, reread.stream, payment, STEP);
  const order = isUnasked ? await readOrderSoFar(deps.log, orderId) : reread;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = decideCompensation(payment, order.stream);
    if ('refunds' in payment) await recordCapture(deps, order, payment);
    if (next.kind === 'done') return { order, payment, outcome: next };
    if (next.kind === 'wait') throw new PaymentOutcomeUnknown(orderId, new Error('A refund is still on its way.'));
    if (next.kind === 'failed') throw await hasFailed(deps, order, payment, next);
    payment =
      next.kind === 'void'
        ? await gateway.void(orderId)
        : await gateway.refund(orderId, next.refundId, next.amount, next.isAgain);
  }
  throw new PaymentOutcomeUnknown(
    orderId,
    new Error(`The payment is still ${payment.status} after ${MAX_ROUNDS} rounds.`),
  );
}

/** Records that the refund has failed, unless it is on record, and which others were made. */
async function hasFailed(
  deps: PaymentDeps,
  order: OrderSoFar,
  payment: Payment,
  { reason, fact }: Extract<PaymentCompensation, { kind: 'failed' }>,
): Promise<PaymentRequestRefused> {
  const cause = order.stream.findLast(isResumed) ?? order.cause;
  if (fact) await concludeStep(deps, { order, step: STEP, cause, outcome: { fact }, outdatedBy: tellsOfRefunds });
  await endRefunds(deps, order.created.orderId, payment, STEP, 'those that were made');
  return new PaymentRequestRefused(order.created.orderId, `its refund has failed: ${reason}`);
}

/** Money that was taken without our knowing is owed to the customer until it is back: the books have it from now on. */
async function recordCapture(deps: PaymentDeps, order: OrderSoFar, { paymentId, amount }: Taken): Promise<void> {
  const outcome = { fact: { type: 'PaymentCaptured', data: { paymentId, amount } } } as const;
  await concludeStep(deps, { order, step: STEP, outcome });
}
