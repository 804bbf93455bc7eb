/** Executions as the runtime's store has them, and as lists ask for and tell of them. */

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export interface ExecutionRow {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly versionArn: string | null;
  readonly aliasArn: string | null;
  /** Text of the definition that it started with and keeps to its end. */
  readonly definition: string;
  readonly roleArn: string;
  readonly input: string;
  readonly status: ExecutionStatus;
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly stoppedAt: number | null;
  /** Where it would go on when it is redriven; null while it has not failed. */
  readonly standing: string | null;
  /** How often a client redrove it, and when the last time. */
  readonly redriveCount: number;
  readonly redrivenAt: number | null;
  /** JSON of the client tokens of its last redrives. */
  readonly redriveTokens: string | null;
  /** How often the engine was stopped while it ran. */
  readonly restarts: number;
}

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
