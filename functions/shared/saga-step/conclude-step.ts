import type { OrderEvent, RecordedOrderEvent } from '../../published/order-events.ts';
import type { OrderLog } from '../event-log/port.ts';
import type { WaybillError } from '../kernel/errors.ts';
import type { OrderSoFar } from './order-so-far.ts';
import { type Cause, fact, recordFact } from './record-fact.ts';

/** What a step came to: a fact for the order's stream, a refusal for the state machine, both, or neither. */
export interface StepOutcome {
  readonly fact?: OrderEvent;
  readonly refusal?: WaybillError;
}

export interface ConclusionDeps {
  readonly log: OrderLog;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Records the outcome's fact, unless the stream holds it already, then refuses if it is a refusal. Resolves to the fact's
 * version; to the stream's last when there is no fact.
 * @param order the order as the step read it
 * @param step the step's name, such as `AuthorisePayment`
 * @param cause what the step is done for. @default what the saga is at work for
 * @param outdatedBy see recordFact
 * @throws the outcome's refusal, OrderChanged, ConcurrencyConflict
 */
export async function concludeStep(
  { log, now }: ConclusionDeps,
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
    readonly outcome: StepOutcome;
    readonly outdatedBy?: (newer: RecordedOrderEvent) => boolean;
  },
): Promise<number> {
  const event = outcome.fact && fact(cause, outcome.fact, step, now());
  const version = event
    ? (order.versions.get(event.eventId) ??
      (await recordFact(log, {
        orderId: order.created.orderId,
        atVersion: order.version,
        event,
        ...(outdatedBy ? { outdatedBy } : {}),
      })))
    : order.version;
  if (outcome.refusal) throw outcome.refusal;
  return version;
}
