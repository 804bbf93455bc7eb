import type { DocumentedProblem } from '../../../shared/http/documented-problems.ts';
import * as problems from '../problems.ts';

export const DEAD_LETTER_PROBLEMS: readonly DocumentedProblem[] = [
  {
    ...problems.LETTER_NOT_FOUND,
    meaning: 'No dead letter has this id, or it was done more than 30 days ago and is kept no longer.',
  },
  {
    ...problems.LETTER_NOT_AVAILABLE,
    meaning:
      'The letter is handled or dismissed, was resent less than an hour ago, or has nobody to go to; `detail` says which. Read the letter again.',
  },
];
