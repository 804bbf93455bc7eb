import type { MapState } from './definition.ts';
import { TaskFailure } from './failure.ts';
import type { Visit } from './visit.ts';

/** How many items of a Map state may fail before the state does; what is undefined sets no limit. */
export interface ToleratedFailures {
  readonly count: number | undefined;
  /** From 0 to 100. */
  readonly percentage: number | undefined;
}

/**
 * What the fields of the state say; undefined when it has neither, and the first item that fails ends it.
 * @throws TaskFailure `States.QueryEvaluationError`, and `States.Runtime` for a number out of its range
 */
export async function toleratedFailuresOf(visit: Visit<MapState>): Promise<ToleratedFailures | undefined> {
  const { ToleratedFailureCount: count, ToleratedFailurePercentage: percentage } = visit.state;
  if (count === undefined && percentage === undefined) return undefined;
  return {
    count: count === undefined ? undefined : await countOf(visit, count),
    percentage: percentage === undefined ? undefined : await percentageOf(visit, percentage),
  };
}

async function countOf(visit: Visit<MapState>, template: number | string): Promise<number> {
  const value = await visit.fillNumber('ToleratedFailureCount', template);
  if (value < 0) throw visit.runtimeFailure('ToleratedFailureCount cannot be negative.');
  if (Number.isInteger(value)) return value;
  throw visit.badValue('ToleratedFailureCount', `ToleratedFailureCount is ${value}; expected a whole number.`);
}

async function percentageOf(visit: Visit<MapState>, template: number | string): Promise<number> {
  const value = await visit.fillNumber('ToleratedFailurePercentage', template);
  if (value >= 0 && value <= 100) return value;
  throw visit.runtimeFailure('ToleratedFailurePercentage must be between 0 and 100.');
}

/** Whether more of the items have failed than either limit allows. */
export const tooManyFailed = ({ count, percentage }: ToleratedFailures, failed: number, items: number): boolean =>
  (count !== undefined && failed > count) || (percentage !== undefined && failed * 100 > percentage * items);

export const thresholdExceeded = (): TaskFailure =>
  new TaskFailure('States.ExceedToleratedFailureThreshold', 'The specified tolerated failure threshold was exceeded');
