import { present } from '../../properties.ts';
import type { ChoiceState, FailState, WaitState } from '../definition.ts';
import { TaskFailure } from '../failure.ts';
import type { ExitRules, Visit } from '../visit.ts';

/** The clause of a Choice state that is taken, and where it goes. What the state itself assigns and outputs holds for all its clauses. */
export async function choose(visit: Visit<ChoiceState>): Promise<{ readonly rules: ExitRules; readonly next: string }> {
  const { state, name } = visit;
  for (const [index, choice] of state.Choices.entries()) {
    const field = `Choices[${index}]/Condition`;
    const holds = await visit.fill(field, choice.Condition);
    if (typeof holds !== 'boolean') {
      throw visit.wrongType(field, choice.Condition, 'boolean', holds);
    }
    if (!holds) continue;
    const Output = choice.Output ?? state.Output;
    const Assign =
      choice.Assign && state.Assign ? { ...state.Assign, ...choice.Assign } : (choice.Assign ?? state.Assign);
    return { rules: present({ Assign, Output }), next: choice.Next };
  }
  if (state.Default === undefined) {
    throw new TaskFailure('States.NoChoiceMatched', `No choice of the state '${name}' holds, and it has no Default.`);
  }
  return { rules: state, next: state.Default };
}

/** A time with its distance from UTC. */
const WITH_OFFSET = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** Until when a Wait state waits, in milliseconds since the epoch. */
export async function timeToWaitFor(visit: Visit<WaitState>): Promise<number> {
  const { Seconds = 0, Timestamp } = visit.state;
  if (Timestamp === undefined) {
    return visit.environment.clock.now() + (await visit.fillWholeNumber('Seconds', Seconds, 0)) * 1_000;
  }
  const text = await visit.fill('Timestamp', Timestamp);
  if (typeof text !== 'string') throw visit.wrongType('Timestamp', Timestamp, 'string', text);
  const at = WITH_OFFSET.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(at)) return at;
  throw visit.badValue(
    'Timestamp',
    `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
    visit.branch.previousId,
  );
}

/** The failure that a Fail state is there for. */
export async function fail(visit: Visit<FailState>): Promise<TaskFailure> {
  const text = async (field: 'Error' | 'Cause') => {
    const template = visit.state[field];
    if (template === undefined) return null;
    const value = await visit.fill(field, template);
    if (typeof value === 'string') return value;
    throw visit.wrongType(field, template, 'string', value);
  };
  return new TaskFailure(await text('Error'), await text('Cause'));
}
