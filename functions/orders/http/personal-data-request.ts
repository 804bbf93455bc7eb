import * as z from 'zod';
import { limitParameter } from '../../shared/http/page-limit.ts';
import { ERASURE_REASONS } from '../domain/erasure.ts';

/** The query of `GET /api/v1/customers/{customerId}/personal-data`. */
export const personalDataQuery = z.strictObject({ limit: limitParameter, cursor: z.string().optional() });

/** The body of `POST /api/v1/customers/{customerId}/erasures`. No free text: the record of an erasure holds no personal data. */
export const erasureRequest = z.strictObject({
  reason: z.enum(ERASURE_REASONS).describe('Why, after article 17 of the GDPR.'),
});
