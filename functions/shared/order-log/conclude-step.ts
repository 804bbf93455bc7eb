import type { WaybillError } from '../kernel/errors.ts';
import type { OrderCreated, OrderEvent, RecordedOrderEvent } from '../kernel/order-events.ts';
import type { OrderLog } from './port.ts';
import { fact, recordFact } from './record-fact.ts';

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
 * Records the outcome's fact, then refuses if it is a refusal. Resolves to the version at which the stream ends, as far
 * as is known: `atVersion` when there is no fact.
 * @param step the step's name, such as `AuthorisePayment`
 * @throws the outcome's refusal, ConcurrencyConflict
 */
export async function concludeStep(
  { log, now }: ConclusionDeps,
  { created, step, atVersion, outcome }: {
    readonly created: RecordedOrderEvent<OrderCreated>;
    readonly step: string;
    readonly atVersion: number;
    readonly outcome: StepOutcome;
  },
): Promise<number> {
  const version = outcome.fact
    ? await recordFact(log, { orderId: created.orderId, atVersion, event: fact(created, outcome.fact, step, now()) })
    : atVersion;
  if (outcome.refusal) throw outcome.refusal;
  return version;
}
