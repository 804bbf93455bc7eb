import type { Execution } from '../domain/executions.ts';
import type { RunStatus } from '../domain/next-move.ts';

export interface FoundExecution {
  readonly status: RunStatus;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt?: string;
  /** Its ARN, by which AWS's own tools find it. */
  readonly arn: string;
}

/** An event in the history of an execution, as Step Functions has it. */
export interface ExecutionEvent {
  readonly id: number;
  /** The event that led to it; 0 for the first. */
  readonly previousId: number;
  /** Such as `TaskStateEntered`. */
  readonly type: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The state that it is about, where the event names one. */
  readonly state?: string;
  /** What the event says otherwise, by AWS's names; absent when it says nothing. Without tokens of tasks. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface HistoryPage {
  readonly events: readonly ExecutionEvent[];
  /** Where the next page begins; absent at the end. Valid for a day. */
  readonly next?: string;
}

/** The place of a page is not valid, or not any more: the history is to be read from its beginning. */
export class PageExpired extends Error {
  override readonly name = 'PageExpired';
}

/** The executions of the sagas, to be looked at. Step Functions keeps them for 90 days after their end. */
export interface Executions {
  /** Undefined when there is none, or none any more. */
  find(execution: Execution): Promise<FoundExecution | undefined>;
  /**
   * A page of at most `limit` events.
   * @param order of the events, by their ids
   * @param after `next` of the page before, in the same order
   * @returns undefined when there is no such execution, or none any more
   * @throws PageExpired
   */
  history(
    execution: Execution,
    limit: number,
    order: 'oldest-first' | 'newest-first',
    after?: string,
  ): Promise<HistoryPage | undefined>;
}
