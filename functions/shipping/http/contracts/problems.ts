import type { DocumentedProblem } from '../../../shared/http/documented-problems.ts';
import * as problems from '../problems.ts';

export const SHIPPING_PROBLEMS: readonly DocumentedProblem[] = [
  {
    ...problems.CARRIER_NOT_FOUND,
    meaning: 'No carrier of this name notifies the platform. Correct the address.',
  },
];
