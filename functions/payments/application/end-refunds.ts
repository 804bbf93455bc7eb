import type { RecordedOrderEvent } from '../../published/order-events.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { StepDeps } from '../../shared/saga-step/conclude-step.ts';
import { fact, recordFact } from '../../shared/saga-step/record-fact.ts';
import type { Payment } from '../domain/payment.ts';
import { afterRefund } from '../domain/refund-outcome.ts';
import { isAnswerTo, isOvertaken, type RefundSoFar, refundsSoFar } from '../domain/refund-so-far.ts';

/**
 * Ends the refunds that a cancellation has overtaken, once all of the payment went back: those that the gateway has made are recorded
 * as made, and the others fail. No person has to see to any of them. Safe to repeat.
 * See docs/decisions/0089-changes-and-refunds-risk-nothing-that-the-customer-has.md.
 * @param payment as the gateway has it after the compensation
 * @param step the step's name
 * @param which while the rest is not back, others can still be made. @default all
 * @throws OrderChanged when an attempt to make one of them was recorded meanwhile; ConcurrencyConflict
 */
export async function endRefunds(
  deps: StepDeps,
  orderId: OrderId,
  payment: Payment,
  step: string,
  which: 'all' | 'those that were made' = 'all',
): Promise<void> {
  const stream = await deps.log.read(orderId);
  if (!isOvertaken(stream)) return;
  for (const refund of refundsSoFar(stream)) {
    const { refundId, request, isMade, failure, lastFailure } = refund;
    const answer = afterRefund(refund, payment, 'order_cancelled');
    if (which !== 'all' && !isMade && answer?.type !== 'PaymentRefunded') continue;
    if (!isMade && answer !== undefined && (failure === undefined || answer.type === 'PaymentRefunded')) {
      // That it was made is a fact for each time: its first one, or once more after it has failed.
      const event = fact(lastFailure ?? request, answer, step, deps.now());
      const outdatedBy = (newer: RecordedOrderEvent) => isAnswerTo(refundId, newer);
      await recordFact(deps.log, { orderId, atVersion: stream.length, event, outdatedBy });
    }
    await resolveTasks(deps, refund, { step, atVersion: stream.length });
  }
}

/** Nobody has to see to the refund any more: its money is back, or there is none left that could go back. */
export async function resolveTasks(
  { log, now }: StepDeps,
  { refundId, request, openTasks }: RefundSoFar,
  {
    step,
    atVersion,
    resolution = 'completed',
  }: {
    readonly step: string;
    readonly atVersion: number;
    readonly resolution?: 'completed' | 'nothing_to_do';
  },
): Promise<void> {
  const { orderId } = request;
  for (const taskId of openTasks) {
    const about = { taskId, kind: 'refund', refundId, resolution } as const;
    await recordFact(log, {
      orderId,
      atVersion,
      event: fact(request, { type: 'TaskResolved', data: about }, step, now()),
    });
  }
}
