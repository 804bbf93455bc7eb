import * as z from 'zod';
import { limitParameter } from '../../shared/http/page-limit.ts';
import { parseOrderId } from '../../shared/kernel/ids.ts';

/** The body of `POST /api/v1/ledger/audits`. */
export const auditRequest = z.strictObject({
  after: z.uuid().transform(parseOrderId).exactOptional(),
  graceSeconds: z.int().min(0).max(86_400).exactOptional(),
});

/** The query of `GET /api/v1/ledger/breaks`. */
export const breaksQuery = z.strictObject({ limit: limitParameter, cursor: z.string().optional() });

/** The content of a cursor of the breaks: the line after which a page begins. */
export const placeInBreaks = z.strictObject({ line: z.string().max(200) });

/** The query of `GET /api/v1/ledger/accounts`: a day, UTC. */
export const accountsQuery = z.strictObject({ day: z.iso.date() });
