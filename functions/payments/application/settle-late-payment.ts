import { classify } from '../../shared/kernel/errors.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { closeTask, openTask } from '../../shared/saga-step/open-task.ts';
import { orderSoFar } from '../../shared/saga-step/order-so-far.ts';
import type { PaymentDeps } from './ports.ts';
import { voidPayment } from './void.ts';

const STEP = 'SettleLatePayment';

export interface TaskTerms {
  /** When a person should have seen to it: milliseconds since the epoch. */
  readonly dueAt: number;
  /** The channel is asked although it has told nothing. @default false */
  readonly isSure?: boolean;
  /** Nothing is tried again after that by itself. */
  readonly isLastAttempt: boolean;
}

/**
 * Gives a payment back that came after its order was cancelled, and of which only a notification tells: the channel is asked, and
 * its answer decides. Does nothing for an order that goes on, whose saga asks, nor, unless it is sure, for one without a notification. Safe to repeat, and beside the saga's own
 * compensation. What only a person can see to is their task at once, as when the refund of a cancelled order has failed later, and everything else after
 * the last attempt; the task ends when the money is back.
 * @throws PaymentGatewayUnavailable, PaymentOutcomeUnknown, ConcurrencyConflict, CircuitOpen, PartnerBusy, NoHealthyInstance unless it is the last attempt:
 *   the queue tries again
 */
export async function settleLatePayment(
  deps: PaymentDeps,
  orderId: OrderId,
  { dueAt, isLastAttempt, isSure = false }: TaskTerms,
): Promise<void> {
  const stream = await deps.log.read(orderId);
  const isCancelled = stream.some(({ type }) => type === 'OrderCancelled');
  const isNotified = isSure || stream.some(({ type }) => type === 'PaymentNotified');
  if (!isCancelled || !isNotified) return;
  try {
    await voidPayment(deps, { orderId });
  } catch (error) {
    if (!isLastAttempt && classify(error).strategy !== 'person') throw error;
    // The cancellation's saga does it when a person resumes the task.
    const task = { orderId, kind: 'compensation', step: 'VoidPayment', error: (error as Error).name, dueAt } as const;
    await openTask(deps, task, STEP);
    return;
  }
  const { openTasks } = orderSoFar(orderId, stream);
  const done = openTasks.find(({ data }) => data.kind === 'compensation' && data.step === 'VoidPayment');
  if (done) await closeTask(deps, done, stream.length, STEP);
}
