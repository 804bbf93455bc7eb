import type { RecordedOrderEvent } from '../../published/order-events.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { type ConclusionDeps, concludeStep, type StepOutcome } from '../../shared/saga-step/conclude-step.ts';
import { OrderChanged } from '../../shared/saga-step/errors.ts';
import { type OrderSoFar, readOrderSoFar, stopIfCancelled } from '../../shared/saga-step/order-so-far.ts';
import { PaymentOutcomeUnknown } from '../domain/errors.ts';
import type { Payment } from '../domain/payment.ts';
import { afterAuthorisation, afterCapture, afterFailedRaise, afterRaise, isShort } from '../domain/take-payment.ts';
import { COMPENSATION, decideUndo, type Undo } from '../domain/undo-payment.ts';
import type { PaymentGateway } from './ports.ts';

export interface PaymentDeps extends ConclusionDeps {
  readonly gateway: PaymentGateway;
}

interface Step {
  readonly orderId: OrderId;
  /** Where the saga last knew the order's stream to end. */
  readonly version: number;
}

interface ForwardStep extends Step {
  /** How often the state machine has tried this step before. */
  readonly attempt: number;
}

/** A capture that wins against the void makes one more round, for the refund. */
const MAX_ROUNDS = 3;

/**
 * Holds the order's total. Resolves to the version of PaymentAuthorised; a declined card is recorded, too.
 * @throws PaymentDeclined, PaymentVoided, PaymentGatewayUnavailable, PaymentOutcomeUnknown, CancellationRequested,
 *   CancellationAfterAttempt, OrderChanged while the customer changes the items, OrderNotFound, ConcurrencyConflict
 */
export async function authorisePayment(deps: PaymentDeps, { orderId, attempt }: ForwardStep): Promise<number> {
  const order = await readOrderSoFar(deps.log, orderId);
  stopIfCancelled(order, attempt);
  if (order.pendingChange !== undefined) throw new OrderChanged(orderId);
  const payment = await deps.gateway.authorise(orderId, order.total, order.created.data.paymentMethod.token);
  const outcome = await authorised(deps.gateway, order, payment);
  return concludeStep(deps, { order, step: 'AuthorisePayment', outcome, outdatedBy: changesItems });
}

/** What was held for the order before a change, and could not be raised, is given back: declined means that nothing is held. */
async function authorised(
  gateway: PaymentGateway,
  { created: { orderId }, total }: OrderSoFar,
  payment: Payment,
): Promise<StepOutcome> {
  if (!isShort(payment, total)) return afterAuthorisation(orderId, payment);
  await gateway.void(orderId);
  return afterFailedRaise(orderId);
}

const changesItems = ({ type }: RecordedOrderEvent): boolean =>
  type === 'ItemsChangeRequested' || type === 'ItemsChanged';

/**
 * Takes the order's total. Resolves to the version of PaymentCaptured.
 * @throws PaymentDeclined, PaymentVoided, PaymentNotAuthorised, PaymentGatewayUnavailable, PaymentOutcomeUnknown, CancellationRequested,
 *   CancellationAfterAttempt, OrderNotFound, ConcurrencyConflict
 */
export async function capturePayment(deps: PaymentDeps, { orderId, attempt }: ForwardStep): Promise<number> {
  const order = await readOrderSoFar(deps.log, orderId);
  stopIfCancelled(order, attempt);
  const payment = await capture(deps.gateway, order);
  return concludeStep(deps, { order, step: 'CapturePayment', outcome: afterCapture(orderId, payment) });
}

/** Too little is held when two changes of items have crossed; then it is raised first. @throws PaymentDeclined */
async function capture(
  gateway: PaymentGateway,
  { created: { orderId }, total, version }: OrderSoFar,
): Promise<Payment> {
  const payment = await gateway.capture(orderId, total);
  if (!isShort(payment, total)) return payment;
  const raise = afterRaise(orderId, await gateway.adjust(orderId, `capture-${version}`, total), total);
  if (raise.refusal) throw raise.refusal;
  return gateway.capture(orderId, total);
}

/**
 * Gives the customer's money back, held or taken, and keeps a late authorisation from holding any. Resolves to the
 * version of PaymentVoided or PaymentRefunded; to the stream's last when there was nothing to undo, which is not recorded.
 * @throws PaymentGatewayUnavailable, PaymentOutcomeUnknown, OrderNotFound, ConcurrencyConflict
 */
export async function undoPayment(deps: PaymentDeps, { orderId }: Step): Promise<number> {
  const order = await readOrderSoFar(deps.log, orderId);
  const outcome = await carryOutUndo(deps.gateway, orderId);
  return concludeStep(deps, { order, step: 'VoidPayment', outcome });
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
