import type { Json, JsonObject } from '../../contracts.ts';
import type { ChoiceState, WaitState } from '../definition.ts';
import { TaskFailure } from '../failure.ts';

type Fill = (value: Json, field: string) => Promise<Json>;

/** The clause of a Choice state that is taken: its own rules, and where it goes. */
export async function choose(state: ChoiceState, name: string, fill: Fill): Promise<{ readonly rules: { readonly Assign?: JsonObject; readonly Output?: Json }; readonly next: string }> {
  for (const [index, choice] of state.Choices.entries()) {
    const holds = await fill(choice.Condition, `Choices[${index}].Condition`);
    if (typeof holds !== 'boolean') {
      throw new TaskFailure('States.QueryEvaluationError', `Condition ${index} of the state '${name}' gave ${JSON.stringify(holds)}; expected true or false.`);
    }
    if (holds) return { rules: choice, next: choice.Next };
  }
  if (state.Default === undefined) throw new TaskFailure('States.NoChoiceMatched', `No choice of the state '${name}' holds, and it has no Default.`);
  return { rules: state, next: state.Default };
}

/** Until when a Wait state waits, in milliseconds since the epoch. */
export async function waitUntil(state: WaitState, name: string, now: number, fill: Fill): Promise<number> {
  if (state.Timestamp !== undefined) {
    const text = await fill(state.Timestamp, 'Timestamp');
    const at = typeof text === 'string' ? Date.parse(text) : Number.NaN;
    if (Number.isNaN(at)) throw new TaskFailure('States.QueryEvaluationError', `Timestamp of the state '${name}' gave ${JSON.stringify(text)}; expected an ISO 8601 time.`);
    return at;
  }
  const seconds = await fill(state.Seconds ?? 0, 'Seconds');
  if (typeof seconds !== 'number' || seconds < 0) {
    throw new TaskFailure('States.QueryEvaluationError', `Seconds of the state '${name}' gave ${JSON.stringify(seconds)}; expected a number from 0.`);
  }
  return now + seconds * 1_000;
}
