import type { OrderId } from '../shared/kernel/ids.ts';
import { concludeStep, type ConclusionDeps } from '../shared/order-log/conclude-step.ts';
import { PaymentOutcomeUnknown } from './domain/errors.ts';
import { afterAuthorisation, afterCapture } from './domain/take-payment.ts';
import { COMPENSATION, decideUndo, type Undo } from './domain/undo-payment.ts';
import type { PaymentGateway } from './ports.ts';

export interface PaymentDeps extends ConclusionDeps {
  readonly gateway: PaymentGateway;
}

interface Step {
  readonly orderId: OrderId;
  /** Where the saga last knew the order's stream to end. */
  readonly version: number;
}

/** A capture that wins against the void makes one more round, for the refund. */
const MAX_ROUNDS = 3;

/**
 * Holds the order's total. Resolves to the version of PaymentAuthorised; a declined card is recorded, too.
 * @throws PaymentDeclined, PaymentVoided, PaymentGatewayUnavailable, PaymentOutcomeUnknown, OrderNotFound, ConcurrencyConflict
 */
export async function authorisePayment(deps: PaymentDeps, { orderId, version }: Step): Promise<number> {
  const created = await deps.log.readCreated(orderId);
  const { total, paymentMethod } = created.data;
  const payment = await deps.gateway.authorise(orderId, total, paymentMethod.token);
  return concludeStep(deps, { created, step: 'AuthorisePayment', atVersion: version, outcome: afterAuthorisation(orderId, payment) });
}

/**
 * Takes the order's total. Resolves to the version of PaymentCaptured.
 * @throws PaymentVoided, PaymentNotAuthorised, PaymentGatewayUnavailable, PaymentOutcomeUnknown, OrderNotFound, ConcurrencyConflict
 */
export async function capturePayment(deps: PaymentDeps, { orderId, version }: Step): Promise<number> {
  const created = await deps.log.readCreated(orderId);
  const payment = await deps.gateway.capture(orderId, created.data.total);
  return concludeStep(deps, { created, step: 'CapturePayment', atVersion: version, outcome: afterCapture(orderId, payment) });
}

/**
 * Gives the customer's money back, held or taken, and keeps a late authorisation from holding any. Resolves to the
 * version of PaymentVoided or PaymentRefunded; to `version` when there was nothing to undo, which is not recorded.
 * @throws PaymentGatewayUnavailable, PaymentOutcomeUnknown, OrderNotFound, ConcurrencyConflict
 */
export async function undoPayment(deps: PaymentDeps, { orderId, version }: Step): Promise<number> {
  const created = await deps.log.readCreated(orderId);
  const outcome = await carryOutUndo(deps.gateway, orderId);
  return concludeStep(deps, { created, step: 'VoidPayment', atVersion: version, outcome });
}

async function carryOutUndo(gateway: PaymentGateway, orderId: OrderId): Promise<Extract<Undo, { kind: 'done' }>> {
  let payment = await gateway.find(orderId);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const undo = decideUndo(payment);
    if (undo.kind === 'done') return undo;
    payment = undo.kind === 'void' ? await gateway.void(orderId) : await gateway.refund(orderId, COMPENSATION, undo.amount);
  }
  throw new PaymentOutcomeUnknown(orderId, new Error(`The payment is still ${payment.status} after ${MAX_ROUNDS} rounds.`));
}
