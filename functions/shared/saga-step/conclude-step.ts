import type { OrderEvent, RecordedOrderEvent } from '../../published/order-events.ts';
import type { OrderLog } from '../../published/order-log.ts';
import type { StepOutcome } from '../kernel/step-outcome.ts';
import { currentSpan } from '../trace/span.ts';
import type { OrderSoFar } from './order-so-far.ts';
import { type Cause, fact, recordFact } from './record-fact.ts';

/** What every step needs. */
export interface StepDeps {
  readonly log: OrderLog;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Records the outcome's fact, unless the stream holds it already, then refuses if the outcome is a refusal.
 * @param order the order as the step has read it
 * @param step the step's name, such as `AuthorisePayment`
 * @param cause what the step is done for. @default the order's cause
 * @param outdatedBy see recordFact
 * @throws the outcome's refusal, OrderChanged, ConcurrencyConflict
 */
export async function concludeStep(
  { log, now }: StepDeps,
  {
    order,
    step,
    cause = order.cause,
    outcome,
    outdatedBy,
  }: {
    readonly order: OrderSoFar;
    readonly step: string;
    readonly cause?: Cause;
    readonly outcome: StepOutcome<OrderEvent>;
    readonly outdatedBy?: (newer: RecordedOrderEvent) => boolean;
  },
): Promise<void> {
  if (cause !== order.cause) currentSpan()?.isFor(cause, 'surely');
  const event = outcome.fact && fact(cause, outcome.fact, step, now());
  if (event && !order.recorded.has(event.eventId)) {
    await recordFact(log, {
      orderId: order.created.orderId,
      atVersion: order.version,
      event,
      ...(outdatedBy ? { outdatedBy } : {}),
    });
  }
  if (outcome.refusal) throw outcome.refusal;
}
