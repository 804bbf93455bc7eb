/** As much of a cause as Step Functions keeps, in characters. */
const MAX_CAUSE = 32_768;

/** The failure of a state: the error name that Retry and Catch look at, and a cause for people. */
export class TaskFailure extends Error {
  override readonly name = 'TaskFailure';
  readonly error: string;
  /** Free text; for functions the JSON of their error. */
  readonly causeText: string;

  constructor(error: string, causeText: string) {
    super(`${error}: ${causeText}`);
    this.error = error;
    this.causeText = causeText.slice(0, MAX_CAUSE);
  }
}

/** Errors that no wildcard matches. */
const NEVER_CAUGHT_BY_ALL = new Set(['States.DataLimitExceeded', 'States.Runtime']);

/**
 * Whether an `ErrorEquals` list names an error, with the wildcards of the Amazon States Language: `States.ALL` for all
 * but the two above, `States.TaskFailed` for all but these and timeouts, `States.Timeout` also for missed heartbeats.
 * `States.Runtime` always ends the execution, even where a list names it.
 */
export function matches(errorEquals: readonly string[], error: string): boolean {
  if (error === 'States.Runtime') return false;
  return errorEquals.some((pattern) => {
    if (pattern === error) return true;
    if (pattern === 'States.ALL') return !NEVER_CAUGHT_BY_ALL.has(error);
    if (pattern === 'States.TaskFailed') return !isTimeout(error) && !NEVER_CAUGHT_BY_ALL.has(error);
    return pattern === 'States.Timeout' && isTimeout(error);
  });
}

const isTimeout = (error: string): boolean => error === 'States.Timeout' || error === 'States.HeartbeatTimeout';
