import type { WaybillError } from './errors.ts';

/** What a saga step came to: a fact for the order's stream, a refusal for the state machine, both, or neither. */
export interface StepOutcome<Fact> {
  readonly fact?: Fact;
  readonly refusal?: WaybillError;
}
