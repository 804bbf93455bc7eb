import type { RecordedOrderEvent } from '../../published/order-events.ts';
import type { StepDeps } from '../../shared/saga-step/conclude-step.ts';
import { fact, recordFact } from '../../shared/saga-step/record-fact.ts';
import type { Payment } from '../domain/payment.ts';
import { reversalsOf } from '../domain/reversals.ts';

/** What says something new about money that went back. */
export const tellsOfRefunds = ({ type }: RecordedOrderEvent): boolean =>
  type === 'PaymentRefunded' || type === 'RefundFailed' || type === 'PaymentNotified';

/**
 * Records the refunds that are on record as made and that have failed at the channel since, each once.
 * @param stream as it was before the channel was asked
 * @param step the step's name
 * @returns whether there were any
 * @throws OrderChanged when something was told of the refunds meanwhile; ConcurrencyConflict
 */
export async function recordReversals(
  { log, now }: StepDeps,
  stream: readonly RecordedOrderEvent[],
  payment: Payment,
  step: string,
): Promise<boolean> {
  const reversals = reversalsOf(payment, stream);
  let atVersion = stream.length;
  for (const reversal of reversals) {
    const { orderId } = reversal.cause;
    const event = fact(reversal.cause, reversal.fact, step, now());
    await recordFact(log, { orderId, atVersion, event, outdatedBy: tellsOfRefunds });
    atVersion += 1;
  }
  return reversals.length > 0;
}
