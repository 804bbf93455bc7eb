import type { JsonObject } from '../contracts.ts';
import { present } from '../properties.ts';

/** As much of a cause as Step Functions keeps, in characters. */
const MAX_CAUSE = 32_768;

/** The failure of a state: the error name that Retry and Catch look at, and a cause for people. */
export class TaskFailure extends Error {
  override readonly name = 'TaskFailure';
  /** Null for a task that was failed from outside without a name. */
  readonly error: string | null;
  /** Free text; for functions the JSON of their error. Null where Step Functions gives none; empty for a timeout. */
  readonly causeText: string | null;
  /** Other names by which Retry and Catch find the error. */
  readonly aliases: readonly string[];

  constructor(error: string | null, causeText: string | null, aliases: readonly string[] = []) {
    super(`${error}: ${causeText}`);
    this.error = error;
    this.causeText = causeText?.slice(0, MAX_CAUSE) ?? null;
    this.aliases = aliases;
  }

  /** As events and descriptions show it: what is empty is left out. */
  get named(): { readonly error?: string; readonly cause?: string } {
    return present({ error: this.error || undefined, cause: this.causeText || undefined });
  }

  /** `$states.errorOutput` of a Catch. */
  get output(): JsonObject {
    return { Error: this.error, Cause: this.causeText };
  }
}

/** As AWS names a heartbeat that did not come: a timeout, which a list may also name by what it was. */
export const heartbeatMissed = (): TaskFailure => new TaskFailure('States.Timeout', '', ['States.HeartbeatTimeout']);

/**
 * Whether an `ErrorEquals` list names the error of a failure, with the wildcards of the Amazon States Language: `States.ALL`
 * for all, also for `States.DataLimitExceeded` (recorded; the documentation excepts it), `States.TaskFailed` for all but timeouts.
 * `States.Runtime` always ends the execution, even where a list names it.
 */
export function matches(errorEquals: readonly string[], { error, aliases }: TaskFailure): boolean {
  if (error === 'States.Runtime') return false;
  return errorEquals.some((pattern) => {
    if (pattern === error || aliases.includes(pattern) || pattern === 'States.ALL') return true;
    if (pattern === 'States.TaskFailed') return !isTimeout(error);
    return pattern === 'States.Timeout' && isTimeout(error);
  });
}

const isTimeout = (error: string | null): boolean => error === 'States.Timeout' || error === 'States.HeartbeatTimeout';
