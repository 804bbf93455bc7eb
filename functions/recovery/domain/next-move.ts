import type { Run, Work } from './unfinished-work.ts';

export const RUN_STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** What is done about work that no execution seems to be at. */
export type Move =
  | { readonly move: 'wait' }
  /** It is done. */
  | { readonly move: 'rest' }
  /** `name` is that of the new execution. */
  | { readonly move: 'start'; readonly run: Run; readonly name: string }
  | { readonly move: 'ask-person' };

/** After so many executions that ended, a person has to look. */
const MOST_RUNS = 3;

/** The name of the `count`-th execution, from 1; a name has 80 characters at most. */
export const runName = ({ name }: Run, count: number): string => (count === 1 ? name : `${name}_r${count}`);

/**
 * @param statuses of the executions of each watched run, in the order of their names
 * @param resumed how often a person had the order go on; each time allows one more execution
 * @param oldestOrder orders from before that are not bought without a person: ISO 8601, UTC
 */
export function nextMove(
  { watched, first, again, orderedAt, resumed: resumedWork = 0, isDoneBySuccess = false }: Work,
  {
    statuses,
    resumed: resumedOrder,
    oldestOrder,
  }: {
    readonly statuses: readonly (readonly RunStatus[])[];
    readonly resumed: number;
    readonly oldestOrder: string;
  },
): Move {
  const all = statuses.flat();
  const resumed = resumedOrder + resumedWork;
  if (all.some((status) => status === 'RUNNING' || status === 'PENDING_REDRIVE')) return { move: 'wait' };
  if (isDoneBySuccess && all.at(-1) === 'SUCCEEDED') return { move: 'rest' };
  // A customer that has waited for longer does not expect to be charged any more.
  const late = orderedAt !== undefined && orderedAt < oldestOrder;
  if (late && resumed === 0) return { move: 'ask-person' };
  if (all.length === 0) return { move: 'start', run: first, name: runName(first, 1) };
  if (again === undefined) return { move: 'ask-person' };
  const ended = statuses[watched.findIndex(({ machine }) => machine === again.machine)] ?? [];
  // A person has stopped it, and meant it. A cancellation that was asked for is another saga.
  const stopped = ended.at(-1) === 'ABORTED';
  if (resumed === 0 ? stopped || ended.length >= MOST_RUNS : ended.length >= MOST_RUNS + resumed) {
    return { move: 'ask-person' };
  }
  return { move: 'start', run: again, name: runName(again, ended.length + 1) };
}
