import * as z from 'zod';
import { generousLimitParameter } from '../../shared/http/page-limit.ts';

/** The query of `GET /api/v1/orders/{orderId}/executions/{executionId}/history`. */
export const executionHistoryQuery = z.strictObject({
  limit: generousLimitParameter,
  cursor: z.string().optional(),
  order: z.enum(['oldest-first', 'newest-first']).default('oldest-first'),
});

/** The content of a cursor: where Step Functions says that the next page begins. */
export const placeInExecution = z.string().min(1);
