/** The problems of commands that are refused whatever they ask for. */
import { Problem } from './problem.ts';
import { IDEMPOTENCY_KEY_REUSED, PRECONDITION_FAILED } from './problems.ts';

/** The key of the request belongs to another one. */
export const keyReused = (cause?: unknown): Problem =>
  new Problem(
    IDEMPOTENCY_KEY_REUSED,
    'Another request came with this Idempotency-Key before. Use a new key for a new request.',
    { cause },
  );

/** The order is not, or no longer, at the version that the request names in If-Match. */
export const orderAtOtherVersion = ({
  actual,
  expected,
}: {
  readonly actual: number;
  readonly expected: number;
}): Problem => new Problem(PRECONDITION_FAILED, `The order is at version ${actual}, If-Match expects ${expected}.`);
