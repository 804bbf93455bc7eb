import type { DocumentedProblem } from '../../../shared/http/documented-problems.ts';
import * as problems from '../problems.ts';

export const PAYMENT_PROBLEMS: readonly DocumentedProblem[] = [
  {
    ...problems.CHANNEL_NOT_FOUND,
    meaning: 'No payment channel of this name notifies the platform. Correct the address.',
  },
];
