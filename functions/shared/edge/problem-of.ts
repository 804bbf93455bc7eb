import { Problem } from '../http/problem.ts';
import { CONFLICTING_CHANGE, INTERNAL_ERROR, REQUEST_REFUSED, TEMPORARILY_UNAVAILABLE } from '../http/problems.ts';
import { WaybillError } from '../kernel/errors.ts';
import { faultOf, logFault } from './faults.ts';

const AGAIN_IN_A_SECOND = { headers: { 'Retry-After': '1' } };

/** The problem that a client is told of when `thrown` ended its request. A refusal leaves no trace in the log; our own faults do. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  const fault = faultOf(thrown);
  const { error, category } = fault;
  if (category === 'client' && error instanceof WaybillError) {
    return new Problem(REQUEST_REFUSED, error.message, { cause: error });
  }
  logFault(fault, 'A request failed.');
  if (category === 'transient') {
    return new Problem(TEMPORARILY_UNAVAILABLE, 'Try again in a moment.', AGAIN_IN_A_SECOND);
  }
  if (category === 'concurrency') {
    return new Problem(CONFLICTING_CHANGE, 'Nothing was changed. Try again in a moment.', AGAIN_IN_A_SECOND);
  }
  return new Problem(INTERNAL_ERROR, 'The error is logged under the correlation id of this answer.');
}
