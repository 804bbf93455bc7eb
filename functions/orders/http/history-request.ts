import * as z from 'zod';
import { generousLimitParameter } from '../../shared/http/page-limit.ts';

/** The query of `GET /api/v1/orders/{orderId}/history`. Few orders have more events than fit on a page. */
export const historyQuery = z.strictObject({ limit: generousLimitParameter, cursor: z.string().optional() });

/** The content of a history's cursor: the version of the last event of a page. */
export const placeInHistory = z.int().min(1);
