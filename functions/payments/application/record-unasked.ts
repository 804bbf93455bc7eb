import type { RecordedOrderEvent } from '../../published/order-events.ts';
import type { StepDeps } from '../../shared/saga-step/conclude-step.ts';
import { fact, recordFact } from '../../shared/saga-step/record-fact.ts';
import type { Payment } from '../domain/payment.ts';
import { unaskedRefundsOf } from '../domain/unasked-refunds.ts';
import { tellsOfRefunds } from './record-reversals.ts';

/**
 * Records the refunds that somebody has made at the channel itself, each once.
 * @param stream as it was before the channel was asked
 * @param step the step's name
 * @returns whether there were any
 * @throws OrderChanged when something was told of refunds meanwhile, or one was asked for, which is no surprise; ConcurrencyConflict
 */
export async function recordUnasked(
  { log, now }: StepDeps,
  stream: readonly RecordedOrderEvent[],
  payment: Payment,
  step: string,
): Promise<boolean> {
  const captured = stream.findLast(({ type }) => type === 'PaymentCaptured');
  const unasked = captured ? unaskedRefundsOf(payment, stream) : [];
  const outdatedBy = (event: RecordedOrderEvent): boolean =>
    tellsOfRefunds(event) || event.type === 'RefundRequested' || event.type === 'CancellationRequested';
  for (const [index, refunded] of unasked.entries()) {
    const { orderId } = captured!;
    const event = fact(captured!, refunded, step, now());
    await recordFact(log, { orderId, atVersion: stream.length + index, event, outdatedBy });
  }
  return unasked.length > 0;
}
