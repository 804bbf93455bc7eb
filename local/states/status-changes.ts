import type { ServiceContext } from '../contracts.ts';
import type { StatesOptions } from './environment.ts';
import type { ExecutionRow } from './execution-row.ts';
import type { Ending } from './journal.ts';
import { statusChange } from './wire.ts';

/** What CloudWatch counts at the start and the end of an execution. */
export const METRICS = {
  RUNNING: 'ExecutionsStarted',
  SUCCEEDED: 'ExecutionsSucceeded',
  FAILED: 'ExecutionsFailed',
  TIMED_OUT: 'ExecutionsTimedOut',
  ABORTED: 'ExecutionsAborted',
} as const;

/** Tells that an execution has started, or how it ended. */
export type Tell = (row: ExecutionRow, metric: string, ending?: Ending) => void;

/** Tells CloudWatch and the listener; a listener that fails must not keep an execution from ending. */
export const tellWith =
  (
    { metrics, warn }: Pick<ServiceContext, 'metrics' | 'warn'>,
    { onStatusChange }: Pick<StatesOptions, 'onStatusChange'>,
  ): Tell =>
  (row, name, ending) => {
    metrics.put({ namespace: 'AWS/States', name, dimensions: { StateMachineArn: row.machineArn }, value: 1 });
    // As on AWS, those of type EXPRESS tell no event.
    if (row.arn.includes(':express:')) return;
    try {
      onStatusChange(statusChange(row, ending));
    } catch (error) {
      warn(`A status change of ${row.arn} was not passed on: ${(error as Error).message}`);
    }
  };
