/** The types of problems that only requests about dead letters have. */
import { Problem } from '../../shared/http/problem.ts';
import type { ProblemType } from '../../shared/http/problems.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { LetterKind } from '../../shared/kernel/letter-kind.ts';
import type { LetterRefusal } from '../domain/letter.ts';

export const LETTER_NOT_FOUND: ProblemType = {
  kind: 'dead-letter-not-found',
  status: 404,
  title: 'There is no such dead letter',
};
export const LETTER_NOT_AVAILABLE: ProblemType = {
  kind: 'dead-letter-not-available',
  status: 409,
  title: 'The dead letter does not allow this now',
};

const LONGEST_ID = 64;

/** Why letters of a kind have no way back. */
const NO_WAY_BACK: Readonly<Record<LetterKind, string>> = {
  consumer: 'It has no queue to go back to.',
  rule: 'It has no queue to go back to.',
  schedule: 'It is a call on schedule: the next call does its work. Dismiss it when the function runs again.',
  stream:
    'It names a place in a stream and has no event: the stream keeps its records for a day. Have the sweeper look at the orders, and dismiss the letter when they go on.',
};

export function problemOfLetterRefusal(letterId: string, refusal: LetterRefusal): Problem {
  switch (refusal.kind) {
    case 'unknown-letter':
      return letterNotFound(letterId);
    case 'letter-is-done':
      return new Problem(LETTER_NOT_AVAILABLE, `It is ${refusal.state} already.`);
    case 'resent-just-now':
      return new Problem(
        LETTER_NOT_AVAILABLE,
        'It was resent less than an hour ago, and its consumer may be trying. Wait until it is handled, or has failed again.',
      );
    case 'nobody-to-send-it-to':
      return new Problem(LETTER_NOT_AVAILABLE, NO_WAY_BACK[refusal.of]);
    default:
      return assertNever(refusal);
  }
}

export const letterNotFound = (letterId: string): Problem =>
  new Problem(LETTER_NOT_FOUND, `There is no dead letter ${letterId.slice(0, LONGEST_ID)}, or it is kept no longer.`);
