/** What lists of executions ask for and tell. */
import type { ExecutionRow } from './journal.ts';

/** What lists tell of an execution: definitions, inputs and outputs are long. */
export type ListedExecution = Pick<
  ExecutionRow,
  | 'arn'
  | 'name'
  | 'machineArn'
  | 'versionArn'
  | 'aliasArn'
  | 'status'
  | 'startedAt'
  | 'stoppedAt'
  | 'redriveCount'
  | 'redrivenAt'
>;

export interface ExecutionFilter {
  readonly machineArn: string;
  readonly versionArn?: string | null;
  readonly aliasArn?: string | null;
  readonly status?: string | null;
  /** Only those that were redriven, or only those that were not. */
  readonly redriven?: boolean | null;
}

/** Where a page of the list of a machine's executions ends. */
export interface PageEnd {
  readonly startedAt: number;
  readonly arn: string;
}
