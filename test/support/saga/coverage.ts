/** Which Retry and Catch clauses of the definition recorded runs went through. */

import type { Saga } from './definition.ts';
import type { SagaRun, StepFailure } from './runner.ts';

/** The first name of `names` that stands for `error`, as the States Language matches them. */
const matching = (names: readonly string[], error: string): string | undefined =>
  names.find(
    (name) => name === error || name === 'States.ALL' || (name === 'States.TaskFailed' && error !== 'States.Timeout'),
  );

/** `State Retry[0] Error`: one name in one clause. */
const entry = (state: string, clause: 'Retry' | 'Catch', index: number, name: string): string =>
  `${state} ${clause}[${index}] ${name}`;

/** Every error name of every clause of the definition. */
export const clauseEntries = ({ tasks }: Saga): string[] =>
  [...tasks].flatMap(([state, { Retry, Catch }]) =>
    (
      [
        ['Retry', Retry],
        ['Catch', Catch],
      ] as const
    ).flatMap(([clause, list]) =>
      list.flatMap(({ ErrorEquals }, index) => ErrorEquals.map((name) => entry(state, clause, index, name))),
    ),
  );

/**
 * The entry that took `failure`: in the first matching Retry when the state ran again, in the first matching
 * Catch when it went on.
 * @throws Error when the definition has no clause for what was recorded.
 */
function entryOf({ task }: Saga, { state, error, then }: StepFailure): string {
  const clause = then === 'retry' ? 'Retry' : 'Catch';
  const list = task(state)[clause];
  const index = list.findIndex(({ ErrorEquals }) => matching(ErrorEquals, error) !== undefined);
  const taken = list[index];
  const name = taken && matching(taken.ErrorEquals, error);
  if (!taken || name === undefined || ('Next' in taken && taken.Next !== then)) {
    throw new Error(`No ${clause} of ${state} takes ${error} to ${then}.`);
  }
  return entry(state, clause, index, name);
}

/** The entries that `runs` went through. */
export const exercised = (saga: Saga, runs: readonly SagaRun[]): ReadonlySet<string> =>
  new Set(runs.flatMap((run) => run.failures.map((failure) => entryOf(saga, failure))));
