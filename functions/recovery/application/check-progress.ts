import type { RecordedOrderEvent } from '../../published/order-events.ts';
import { ConcurrencyConflict } from '../../shared/kernel/errors.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { cancelIfExpired } from '../../shared/saga-step/expired-reservation.ts';
import { closeTask, openTask } from '../../shared/saga-step/open-task.ts';
import { type OrderSoFar, orderSoFar } from '../../shared/saga-step/order-so-far.ts';
import type { Finding } from '../domain/findings.ts';
import { nextMove } from '../domain/next-move.ts';
import { type Unfinished, unfinishedWork, type Work } from '../domain/unfinished-work.ts';
import type { ProgressDeps, SweepSettings } from './sweep-ports.ts';

const BY = 'CheckProgress';

export interface Progress {
  /** Nothing is to be done for the order any more. */
  readonly atRest: boolean;
  readonly findings: readonly Finding[];
  /** When the goods that are kept for the order have to be looked at: ISO 8601, UTC. @default never */
  readonly expiresAt?: string;
}

/**
 * Looks whether what was begun for an order is going on, and repairs what is safe: a saga that never started is started, one that
 * ended before its order did is started anew a few times. What is not safe becomes a person's task. Safe to repeat.
 * @throws ConcurrencyConflict
 */
export async function checkProgress(deps: ProgressDeps, orderId: OrderId): Promise<Progress> {
  const events = await deps.log.read(orderId);
  return events.length === 0 ? { atRest: true, findings: [] } : checkStream(deps, orderId, events);
}

/** The same for a stream that was read already. */
export async function checkStream(
  deps: ProgressDeps,
  orderId: OrderId,
  events: readonly RecordedOrderEvent[],
): Promise<Progress> {
  const order = unfinishedWork(events);
  if (order.work.length === 0 && order.refunds.length === 0) {
    // The order has come to its end after all, or the end was recorded while a person was to have it tried again.
    for (const [at, opened] of order.ofThePlatform.entries()) await closeTask(deps, opened, events.length + at, BY);
    return { atRest: true, findings: [] };
  }
  const soFar = orderSoFar(orderId, events);
  const { reservationExpiresAt: expiresAt } = soFar;
  const expiry = soFar.cancelled || expiresAt === undefined ? {} : { expiresAt };
  if (await cancelledForExpiry(deps, soFar)) {
    const finding: Finding = { orderId, found: 'reservation_expired', repair: 'cancellation_requested' };
    deps.monitor.found(finding);
    return { atRest: false, findings: [finding] };
  }
  const settings = await deps.settings();
  if (Date.parse(order.lastEventAt) + 1_000 * settings.sweepAfterSeconds > deps.now()) {
    return { atRest: false, findings: [], ...expiry };
  }
  const repaired = await Promise.all(order.work.map((work) => repairWork(deps, orderId, work, order, settings)));
  const findings = [...repaired, ...(await overdueRefunds(deps, orderId, order, settings))].filter(
    (finding) => typeof finding === 'object',
  );
  for (const finding of findings) deps.monitor.found(finding);
  return {
    atRest: order.refunds.length === 0 && repaired.every((finding) => finding === 'at-rest'),
    findings,
    ...expiry,
  };
}

/** An order that is paid just now keeps its goods. */
async function cancelledForExpiry(deps: ProgressDeps, order: OrderSoFar): Promise<boolean> {
  try {
    return await cancelIfExpired(deps, order);
  } catch (error) {
    if (error instanceof ConcurrencyConflict) return false;
    throw error;
  }
}

async function repairWork(
  deps: ProgressDeps,
  orderId: OrderId,
  work: Work,
  { resumed, stuck }: Unfinished,
  settings: SweepSettings,
): Promise<Finding | 'at-rest' | undefined> {
  const statuses = await Promise.all(work.watched.map((run) => deps.runs.statuses(run)));
  const found = statuses.flat().length === 0 ? 'saga_not_started' : 'saga_ended';
  const oldestOrder = new Date(deps.now() - 1_000 * settings.checkoutLimitSeconds).toISOString();
  const next = nextMove(work, { statuses, resumed, oldestOrder });
  switch (next.move) {
    case 'wait':
      return undefined;
    case 'rest':
      return 'at-rest';
    case 'start':
      await deps.runs.start(next.run, next.name, orderId);
      return { orderId, found, repair: 'started' };
    case 'ask-person':
      if (stuck) return undefined;
      await openTask(deps, { orderId, kind: 'stuck', error: 'SagaEnded', dueAt: dueAt(deps, settings) }, BY);
      return { orderId, found, repair: 'task_opened' };
  }
}

/** The queue of refunds gives up before that: a person has to see whether the refund was made. And what has failed is a person's, too. */
async function overdueRefunds(
  deps: ProgressDeps,
  orderId: OrderId,
  { refunds }: Unfinished,
  settings: SweepSettings,
): Promise<Finding[]> {
  const limitMs = 1_000 * (settings.compensationLimitSeconds + settings.sweepAfterSeconds);
  const overdue = refunds.filter(
    ({ requestedAt, failure }) => failure !== undefined || Date.parse(requestedAt) + limitMs < deps.now(),
  );
  for (const { refundId, failure: error = 'RefundUnanswered' } of overdue) {
    await openTask(deps, { orderId, kind: 'refund', refundId, error, dueAt: dueAt(deps, settings) }, BY);
  }
  return overdue.map(({ failure }) => ({
    orderId,
    found: failure === undefined ? 'refund_unanswered' : 'refund_failed',
    repair: 'task_opened',
  }));
}

const dueAt = ({ now }: ProgressDeps, { taskDueSeconds }: SweepSettings): number => now() + 1_000 * taskDueSeconds;
