import { ApiProblem, SignInNeeded } from './problem.ts';

const VERSION_CHANGED = 412;

/**
 * Which version a decision goes on to be sent for after a try has failed. A try without a clear answer may have been carried out, and have changed the
 * version itself: under the same version and key it is carried out once. Undefined when nothing of the decision can have been done, so that it can
 * be sent for what the reader sees now.
 * @param unclear the version of an earlier try without a clear answer
 * @param version of the try that has failed
 */
export function unclearAfter(error: unknown, version: number, unclear: number | undefined): number | undefined {
  const isAnswered = (error instanceof ApiProblem && error.status < 500) || error instanceof SignInNeeded;
  if (!isAnswered) return version;
  // Only for the version that there was, the earlier try would have been answered as it was.
  return error instanceof ApiProblem && error.status === VERSION_CHANGED ? undefined : unclear;
}
