/** The types of problems that only requests about payments have. */
import type { ProblemType } from '../../shared/http/problems.ts';

export const CHANNEL_NOT_FOUND: ProblemType = {
  kind: 'payment-channel-not-found',
  status: 404,
  title: 'There is no such payment channel',
};
