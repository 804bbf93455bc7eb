/** The types of problems that only requests about shipments have. */
import type { ProblemType } from '../../shared/http/problems.ts';

export const NOTIFICATION_NOT_VERIFIED: ProblemType = {
  kind: 'notification-not-verified',
  status: 401,
  title: 'The notification is not verified',
};

export const CARRIER_NOT_FOUND: ProblemType = {
  kind: 'carrier-not-found',
  status: 404,
  title: 'There is no such carrier',
};
