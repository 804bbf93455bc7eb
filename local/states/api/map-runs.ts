import { AwsError, type Json, type JsonObject } from '../../contracts.ts';
import type { Operations } from '../../operations.ts';
import { present } from '../../properties.ts';
import type { Executions } from '../executions.ts';
import { executionArn, invalid, mapRunArn, optionalText, pageOf, pageSize } from '../input.ts';
import { isUnsuccessful, type MapRunLimits, type MapRunRow, type MapRunStore } from '../map-runs/store.ts';
import { seconds } from '../wire.ts';
import type { ApiParts } from './parts.ts';

export const mapRunOperations = ({ executions }: ApiParts): Operations => ({
  DescribeMapRun(input) {
    const run = found(mapRunArn(input), executions.mapRuns.store);
    const { executionCounts, itemCounts } = countsOf(run, executions);
    return {
      ...summaryOf(run),
      status: run.status,
      maxConcurrency: run.maxConcurrency,
      toleratedFailureCount: run.toleratedFailureCount ?? 0,
      toleratedFailurePercentage: run.toleratedFailurePercentage ?? 0,
      executionCounts,
      itemCounts,
      redriveCount: run.redriveCount,
      ...present({ redriveDate: run.redrivenAt === null ? undefined : seconds(run.redrivenAt) }),
    };
  },

  ListMapRuns(input) {
    const limit = pageSize(input);
    const { arn } = executions.find(executionArn(input));
    const runs = executions.mapRuns.store.ofExecution(arn, optionalText(input, 'nextToken') ?? '', limit + 1);
    const { page, next } = pageOf(runs, limit, (last) => last.arn);
    return { mapRuns: page.map((run) => ({ ...summaryOf(run), stateMachineArn: run.machineArn })), ...next };
  },

  /** Changes what is left of a run that is under way. */
  UpdateMapRun(input) {
    const run = found(mapRunArn(input), executions.mapRuns.store);
    if (run.status !== 'RUNNING') throw new AwsError('ValidationException', `The Map Run ${run.arn} is ${run.status}.`);
    const limits: MapRunLimits = {
      maxConcurrency: numberOr(run.maxConcurrency, input, 'maxConcurrency') ?? 0,
      toleratedFailureCount: numberOr(run.toleratedFailureCount, input, 'toleratedFailureCount'),
      toleratedFailurePercentage: numberOr(run.toleratedFailurePercentage, input, 'toleratedFailurePercentage', 100),
    };
    executions.mapRuns.change(run.arn, limits);
    return {};
  },
});

function found(arn: string, store: MapRunStore): MapRunRow {
  const run = store.find(arn);
  if (!run) throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`, 400, { resourceName: arn });
  return run;
}

function numberOr(
  now: number | null,
  input: JsonObject,
  field: string,
  most = Number.POSITIVE_INFINITY,
): number | null {
  const value: Json = input[field] ?? null;
  if (value === null) return now;
  const whole = most === 100 || Number.isInteger(value);
  if (typeof value === 'number' && whole && value >= 0 && value <= most) return value;
  throw invalid(field, value, most === 100 ? 'a number from 0 to 100' : 'a whole number from 0');
}

const summaryOf = ({ arn, executionArn: parent, startedAt, stoppedAt }: MapRunRow): JsonObject => ({
  mapRunArn: arn,
  executionArn: parent,
  startDate: seconds(startedAt),
  ...present({ stopDate: stoppedAt === null ? undefined : seconds(stoppedAt) }),
});

const COUNTS = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timedOut',
  ABORTED: 'aborted',
  RUNNING: 'running',
} as const;

/** How many executions, and how many items in them, are in which state. */
function countsOf(run: MapRunRow, executions: Executions): { executionCounts: JsonObject; itemCounts: JsonObject } {
  const none = {
    ...{ pending: 0, running: 0, succeeded: 0, failed: 0, timedOut: 0, aborted: 0, total: 0 },
    ...{ pendingRedrive: 0, failuresNotRedrivable: 0 },
  };
  const executionCounts = { ...none };
  const itemCounts = { ...none };
  const count = (kind: keyof typeof none, items: number) => {
    executionCounts[kind] += 1;
    itemCounts[kind] += items;
  };
  for (const child of executions.mapRuns.store.children(run.arn)) {
    const { status, items, redriveDue } = child;
    const waits = run.status === 'RUNNING' && redriveDue === 1;
    count('total', items);
    count(waits ? 'pendingRedrive' : status === null ? 'pending' : COUNTS[status], items);
    if (isUnsuccessful(child) && !executions.isRedrivable(child.arn)) count('failuresNotRedrivable', items);
  }
  const written = (counts: typeof none): JsonObject => ({ ...counts, resultsWritten: counts.succeeded });
  return { executionCounts: written(executionCounts), itemCounts: written(itemCounts) };
}
