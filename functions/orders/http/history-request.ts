import * as z from 'zod';
import { generousLimitParameter } from '../../shared/http/page-limit.ts';

/** The query of `GET /api/v1/orders/{orderId}/history`. Few orders have more events than fit on a page. */
export const historyQuery = z.strictObject({ limit: generousLimitParameter, cursor: z.string().optional() });

/** What a cursor of a history holds: the version of the last event of a page. */
export const placeInHistory = z.int().min(1);
