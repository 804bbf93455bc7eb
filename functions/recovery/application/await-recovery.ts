import { CUSTOMER, type SagaStep } from '../../published/order-events.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { openTask } from '../../shared/saga-step/open-task.ts';
import { type OrderSoFar, readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import { fact, recordFact } from '../../shared/saga-step/record-fact.ts';
import { type CircuitState, circuitAt } from '../domain/circuit-state.ts';
import { pauseOf } from '../domain/pause.ts';
import { PROBE_MS } from '../domain/round.ts';
import type { RecoverySettings } from '../domain/settings.ts';
import {
  type AwaitedPartner,
  deadlineOf,
  givenUp,
  isEndedBy,
  kindOf,
  needsPerson,
  PLATFORM,
  partnerAwaited,
} from '../domain/waiting-step.ts';
import { ensureTimer } from './ensure-timer.ts';
import type { AwaitDeps, Wait } from './ports.ts';
import { isSame } from './release-wait.ts';

/** A step that did not succeed and is to be done again later. */
interface Failure {
  readonly step: SagaStep;
  /** The name of its error. */
  readonly error: string;
  /** How often it was tried before, since its saga began or came back to it. @default it may have been */
  readonly retries?: number | undefined;
}

/** A state of a saga that waits. Compensations that failed wait together. */
export interface AwaitRequest {
  readonly orderId: OrderId;
  readonly taskToken: string;
  readonly failures: readonly Failure[];
  /** The change of items that the steps belong to. */
  readonly changeId?: string | undefined;
}

/**
 * Notes that steps of an order wait, and makes sure that their keeper looks after them. The execution goes on when its token is
 * answered. Safe to repeat; a new token takes the place of an old one.
 * @throws BackorderExpired when goods have not come in time; PaymentNotMade when the customer has not paid in time; PaymentWindowClosed, CheckoutLimitReached when a forward step has waited for too long; NothingSent instead, or for an order
 *   that is to be cancelled, when no request of the step has left the platform; OrderNotFound, ConcurrencyConflict
 */
export async function awaitRecovery(deps: AwaitDeps, request: AwaitRequest): Promise<void> {
  const { log, waits, now } = deps;
  const { orderId, taskToken, failures } = request;
  const [order, known, settings] = await Promise.all([
    readOrderSoFar(log, orderId),
    waits.find(orderId),
    deps.settings(),
  ]);
  const paidBy = order.created.data.paymentMethod.type;
  for (const failure of failures) {
    const partner = partnerAwaited(failure.step, failure.error, paidBy);
    const circuit = circuitAt(await deps.circuits.find(partner), now());
    const wait = {
      ...waitOf({ failure, partner, request, order, known, settings, circuit, now: now() }),
      nothingSent: hasSentNothing(deps, request, failure, known),
    };
    const isOver = wait.deadline !== undefined && wait.deadline <= now();
    if (wait.kind === 'forward' && (order.cancelled ? wait.nothingSent : isOver)) throw givenUp(wait);
    const byPerson =
      wait.kind !== 'forward' &&
      !isPointless(order, wait) &&
      (isOver || needsPerson(failure.error, deps.strategyOf(failure.error)));
    await record(deps, order, wait, request.changeId);
    if (byPerson) await toPerson(deps, wait, settings);
    const { deadline, ...endless } = wait;
    await waits.put({ ...endless, ...(byPerson || deadline === undefined ? {} : { deadline }), taskToken });
    await ensureTimer(deps, wait.partner, lookAt(wait, circuit, now()));
    // Before the wait was there, an event could not end it.
    const newer = await log.read(orderId, order.version + 1);
    if (isPointless(order, wait) || newer.some((event) => isEndedBy(event, wait))) await deps.messages.release(wait);
  }
}

function waitOf({
  failure: { step, error },
  partner,
  request: { orderId, changeId },
  order,
  known,
  settings,
  circuit,
  now,
}: {
  readonly failure: Failure;
  readonly partner: AwaitedPartner;
  readonly request: AwaitRequest;
  readonly order: OrderSoFar;
  readonly known: readonly Wait[];
  readonly settings: RecoverySettings;
  readonly circuit: CircuitState;
  readonly now: number;
}): Wait {
  const key = { orderId, step, ...(changeId === undefined ? {} : { changeId }) };
  const before = known.find((wait) => isSame(wait, key));
  const kind = kindOf(step);
  const since = before?.since ?? now;
  const toPay = changeId === undefined && kind === 'forward' ? order.customerToPay : undefined;
  const payUntil = toPay === undefined ? 0 : Date.parse(toPay.expiresAt);
  const expected = partner === CUSTOMER && toPay !== undefined ? untilPaid(toPay) : untilGoodsCome(order, step);
  // What a customer took for the payment, or goods to come, is no time of ours.
  const begunAt = Math.max(
    Date.parse(causeOf(order, changeId).occurredAt),
    changeId === undefined && order.wentOnAt !== undefined ? Date.parse(order.wentOnAt) : 0,
  );
  return {
    ...key,
    partner,
    kind,
    error,
    since,
    // Trouble of ours takes no time from a customer who still has to pay.
    deadline: expected
      ? Date.parse(expected.until)
      : Math.max(payUntil, deadlineOf(step, { begunAt, since }, settings)),
    ...pauseOf({
      error,
      circuit,
      // A wait that is registered once more has not come back.
      before: before?.taskToken === undefined ? before : { ...before, returns: before.returns - 1 },
      kind,
      withTask: before !== undefined && before.deadline === undefined,
      ...(expected ? { firstSeconds: expected.lookAgainSeconds } : {}),
      ...(partner === PLATFORM ? { firstSeconds: settings.platformRetrySeconds } : {}),
      now,
    }),
  };
}

/**
 * Whoever looks for goods on behalf of all orders may miss one. So seldom that the looks of 180 days fit into the history of one execution, which
 * Step Functions ends at 25,000 events.
 */
const LOOK_FOR_GOODS_SECONDS = 21_600;

/** Waits that are no trouble: until when they last, and when the step looks by itself. */
const untilPaid = ({ expiresAt, askAgainSeconds }: NonNullable<OrderSoFar['customerToPay']>) => ({
  until: expiresAt,
  lookAgainSeconds: askAgainSeconds,
});
/** Also in trouble of the platform, goods may come for as long as the order waits for them. */
const untilGoodsCome = ({ backorder }: OrderSoFar, step: SagaStep) =>
  step === 'ReserveInventory' && backorder !== undefined
    ? { until: backorder.until, lookAgainSeconds: LOOK_FOR_GOODS_SECONDS }
    : undefined;

/**
 * Every attempt was refused before it was sent. Attempts between two waits are known by their number, for a state machine shows the error
 * of the last one only.
 */
function hasSentNothing(
  { strategyOf }: AwaitDeps,
  { orderId, changeId }: AwaitRequest,
  { step, error, retries }: Failure,
  known: readonly Wait[],
): boolean {
  const before = known.find((wait) => isSame(wait, { orderId, step, changeId }));
  return retries === 0 && strategyOf(error) === 'wait' && (before === undefined || before.nothingSent === true);
}

const causeOf = ({ cause, lastChange }: OrderSoFar, changeId: string | undefined) =>
  lastChange !== undefined && lastChange.data.changeId === changeId ? lastChange : cause;

/** Once for each step, so that the order's history tells of the wait. */
async function record(
  { log, now }: AwaitDeps,
  order: OrderSoFar,
  wait: Wait,
  changeId: string | undefined,
): Promise<void> {
  const { orderId, step, partner, error, deadline } = wait;
  const data = { step, partner, error, until: new Date(deadline!).toISOString() };
  const event = fact(causeOf(order, changeId), { type: 'StepDelayed', data }, 'AwaitRecovery', now());
  if (order.recorded.has(event.eventId)) return;
  await recordFact(log, { orderId, atVersion: order.version, event });
}

/** Gives the step to a person. It goes on waiting with its token, and is still done again now and then. */
export function toPerson(
  deps: Pick<AwaitDeps, 'log' | 'now'>,
  { orderId, step, changeId, kind, error }: Wait,
  { taskDueSeconds }: RecoverySettings,
): Promise<void> {
  if (kind === 'forward') throw new Error(`${step} is a forward step: it is given up, and no person has to do it.`);
  const task = { orderId, kind, step, ...(changeId === undefined ? {} : { changeId }), error };
  return openTask(deps, { ...task, dueAt: deps.now() + 1_000 * taskDueSeconds }, 'AwaitRecovery');
}

/** When the keeper has to look at the wait, at the latest. */
function lookAt({ readyAt, deadline }: Wait, circuit: CircuitState, now: number): number {
  const opens = circuit.state === 'open' ? circuit.until : circuit.state === 'half-open' ? now + PROBE_MS : now;
  const byCircuit = Math.max(opens, readyAt);
  return deadline === undefined ? byCircuit : Math.min(byCircuit, Math.max(deadline, now));
}

/** Whether the step would find at once that it has nothing to wait for. */
const isPointless = ({ cancelled, pendingChange, settled }: OrderSoFar, { kind, error, step }: Wait): boolean =>
  kind === 'forward' ? cancelled || (error === 'OrderChanged' && pendingChange === undefined) : settled.has(step);
