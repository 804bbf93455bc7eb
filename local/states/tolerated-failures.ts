import { TaskFailure } from './failure.ts';

/** How many items of a Map state may fail before the state does; what is undefined sets no limit. */
export interface ToleratedFailures {
  readonly count: number | undefined;
  /** From 0 to 100. */
  readonly percentage: number | undefined;
}

/** Whether more of the items have failed than either limit allows. */
export const tooManyFailed = ({ count, percentage }: ToleratedFailures, failed: number, items: number): boolean =>
  (count !== undefined && failed > count) || (percentage !== undefined && failed * 100 > percentage * items);

export const thresholdExceeded = (): TaskFailure =>
  new TaskFailure('States.ExceedToleratedFailureThreshold', 'The specified tolerated failure threshold was exceeded');
