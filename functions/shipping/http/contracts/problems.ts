import type { DocumentedProblem } from '../../../shared/http/documented-problems.ts';
import * as problems from '../problems.ts';

export const SHIPPING_PROBLEMS: readonly DocumentedProblem[] = [
  {
    ...problems.NOTIFICATION_NOT_VERIFIED,
    meaning:
      'It has no signature of the carrier, one of more than five minutes ago, or is no report. Sign each attempt anew, with the key that the shop has.',
  },
  {
    ...problems.CARRIER_NOT_FOUND,
    meaning: 'No carrier of this name notifies the platform. Correct the address.',
  },
];
