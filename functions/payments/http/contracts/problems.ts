import type { DocumentedProblem } from '../../../shared/http/documented-problems.ts';
import * as problems from '../problems.ts';

export const PAYMENT_PROBLEMS: readonly DocumentedProblem[] = [
  {
    ...problems.CHANNEL_NOT_FOUND,
    meaning: 'No payment channel of this name notifies the platform. Correct the address.',
  },
  {
    ...problems.TRANSFER_NOT_FOUND,
    meaning: 'No transfer of this id was without an order. The list of transfers has those that wait for a decision.',
  },
];
