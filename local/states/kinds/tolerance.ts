import type { MapState } from '../definition.ts';
import type { ToleratedFailures } from '../tolerated-failures.ts';
import type { Visit } from '../visit.ts';

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
