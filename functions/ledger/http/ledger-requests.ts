import * as z from 'zod';
import { noSuchForm } from '../../shared/http/fault-text.ts';
import { limitParameter } from '../../shared/http/page-limit.ts';
import { multiLine } from '../../shared/http/text.ts';
import { SKU } from '../../shared/kernel/ids.ts';
import type { Account } from '../domain/accounts.ts';
import { BOOK_ID, parseBookId } from '../domain/book-id.ts';

/** The body of `POST /api/v1/ledger/audits`. */
export const auditRequest = z.strictObject({
  after: z
    .string()
    .regex(BOOK_ID, { error: noSuchForm('the id of a book') })
    .transform(parseBookId)
    .exactOptional(),
  graceSeconds: z.int().min(0).max(86_400).exactOptional(),
});

/** The query of `GET /api/v1/ledger/breaks`. */
export const breaksQuery = z.strictObject({ limit: limitParameter, cursor: z.string().optional() });

/** The content of a cursor of the breaks: the line after which a page begins. */
export const placeInBreaks = z.strictObject({ line: z.string().max(200) });

/** The query of `GET /api/v1/ledger/accounts`: a day, UTC. */
export const accountsQuery = z.strictObject({ day: z.iso.date() });

const account = z
  .string()
  .regex(/^[a-z-]{1,40}(\/[a-z_-]{1,40})?$/, { error: noSuchForm('the name of an account') })
  .transform((name) => name as Account);

/** The body of `POST /api/v1/ledger/orders/{orderId}/reversals`. */
export const reversalRequest = z.strictObject({
  of: z.int().min(1),
  reason: multiLine(500),
  postings: z
    .array(
      z.strictObject({
        account,
        unit: z.string().regex(SKU, { error: noSuchForm('a currency or an SKU') }),
        amount: z.int(),
      }),
    )
    .min(1)
    .max(200)
    .exactOptional(),
});
