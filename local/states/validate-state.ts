import type { Machine, State } from './definition.ts';
import { DefinitionError, type Faults, type Place } from './definition-error.ts';
import { compile } from './expressions.ts';
import { CLAUSES } from './fields.ts';
import { isUnsound, missingFields, soundFields } from './validate-fields.ts';

/** What a state, or a clause of it, says about where it goes. */
export interface Leaving {
  readonly Type?: unknown;
  readonly Next?: unknown;
  readonly End?: unknown;
  readonly Default?: unknown;
}

interface Clause extends Leaving {
  readonly Condition?: unknown;
  readonly ErrorEquals?: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxDelaySeconds?: number;
}

/** Names of the states that one leads to, and whatever else stands there. */
export function targetsOf(state: Leaving | null): unknown[] {
  const { Choices, Catch } = (state ?? {}) as { readonly Choices?: unknown; readonly Catch?: unknown };
  const clauses = [Choices, Catch].flatMap((list) => (Array.isArray(list) ? (list as (Leaving | null)[]) : []));
  return [state?.Next, state?.Default, ...clauses.map((clause) => clause?.Next)];
}

/** @param value the state or clause as it is, and without its unsound fields */
export function* targetFaults(
  name: 'StartAt' | 'Next' | 'Default',
  [value, sound]: readonly [object, object],
  place: Place,
  siblings: Machine['States'],
): Faults {
  if (isUnsound(value, sound, name)) return;
  const target = (sound as Readonly<Partial<Record<string, unknown>>>)[name];
  if (typeof target === 'string' && Object.hasOwn(siblings, target)) return;
  yield new DefinitionError(
    place.field(name),
    `it names the state ${JSON.stringify(target)}, which does not exist here`,
    'MISSING_TRANSITION_TARGET',
  );
}

export function* flowFaults(both: readonly [Leaving, Leaving], place: Place, siblings: Machine['States']): Faults {
  const [, { Next, End }] = both;
  if (End === true && Next !== undefined) yield new DefinitionError(place, 'it has both Next and End');
  if (End !== true) yield* targetFaults('Next', both, place, siblings);
}

/** What is wrong in the entries of Choices, Retry or Catch. */
export function* clauseFaults(
  state: Partial<State>,
  field: keyof typeof CLAUSES,
  place: Place,
  siblings: Machine['States'],
): Faults {
  const clauses = (state as Partial<Record<typeof field, readonly Clause[]>>)[field] ?? [];
  for (const [index, clause] of clauses.entries()) {
    const here = place.field(field).element(index);
    const sound = yield* soundFields(clause, here, CLAUSES[field]);
    if (!sound) continue;
    yield* missingFields(clause, here, [field === 'Choices' ? 'Condition' : 'ErrorEquals']);
    if (field !== 'Retry') yield* targetFaults('Next', [clause, sound], here, siblings);
    const { ErrorEquals = [], IntervalSeconds = 1, MaxDelaySeconds = Infinity } = sound;
    if (ErrorEquals.includes('States.ALL') && (ErrorEquals.length > 1 || index < clauses.length - 1)) {
      yield new DefinitionError(here.field('ErrorEquals'), 'States.ALL must stand alone, in the last clause');
    }
    if (MaxDelaySeconds <= IntervalSeconds) {
      yield new DefinitionError(here.field('MaxDelaySeconds'), 'it is not greater than IntervalSeconds');
    }
  }
}

/** Compiles every expression once, so that a broken one is refused now and not in the middle of an order. */
export function* expressionFaults(value: unknown, place: Place): Faults {
  if (typeof value === 'string') {
    const problem = problemOf(value);
    if (problem !== undefined) yield new DefinitionError(place, `the expression ${value} is broken: ${problem}`);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* expressionFaults(item, place.element(index));
  } else if (typeof value === 'object' && value !== null) {
    for (const [field, item] of Object.entries(value)) {
      // Machines inside Parallel and Map are checked as machines.
      if (field !== 'Branches' && field !== 'ItemProcessor') yield* expressionFaults(item, place.field(field));
    }
  }
}

function problemOf(expression: string): string | undefined {
  try {
    compile(expression);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
