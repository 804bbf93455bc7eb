import type { OrderId } from '../../shared/kernel/ids.ts';
import { openTask } from '../../shared/saga-step/open-task.ts';
import type { PaymentDeps } from './ports.ts';
import { voidPayment } from './void.ts';

const STEP = 'SettleLatePayment';

/**
 * Gives a payment back that came after its order was cancelled, and of which only a notification tells: the channel is asked, and
 * its answer decides. Does nothing for an order that goes on, whose saga asks, nor for one without a notification. Safe to repeat, and beside the saga's own
 * compensation.
 * @param taskDueAt at the last attempt: when a person should have seen to what fails even then, in milliseconds since the epoch
 * @throws PaymentGatewayUnavailable, PaymentOutcomeUnknown, ConcurrencyConflict, CircuitOpen, PartnerBusy, NoHealthyInstance unless it is the last attempt:
 *   the queue tries again
 */
export async function settleLatePayment(deps: PaymentDeps, orderId: OrderId, taskDueAt?: number): Promise<void> {
  const stream = await deps.log.read(orderId);
  const isCancelled = stream.some(({ type }) => type === 'OrderCancelled');
  const isNotified = stream.some(({ type }) => type === 'PaymentNotified');
  if (!isCancelled || !isNotified) return;
  try {
    await voidPayment(deps, { orderId });
  } catch (error) {
    if (taskDueAt === undefined) throw error;
    // The cancellation's saga does it when a person resumes the task.
    const task = {
      orderId,
      kind: 'compensation',
      step: 'VoidPayment',
      error: (error as Error).name,
      dueAt: taskDueAt,
    } as const;
    await openTask(deps, task, STEP);
  }
}
