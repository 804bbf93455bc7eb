import * as z from 'zod';
import { noSuchForm } from '../../shared/http/fault-text.ts';
import { generousLimitParameter, limitParameter } from '../../shared/http/page-limit.ts';
import { multiLine } from '../../shared/http/text.ts';
import { ARTICLE_AT } from '../../shared/kernel/location.ts';
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

const account = z
  .string()
  .regex(/^[a-z-]{1,40}(\/[a-z_-]{1,40})?$/, { error: noSuchForm('the name of an account') })
  .transform((name) => name as Account);

const unit = z.string().regex(ARTICLE_AT, { error: noSuchForm('a currency, or an SKU with or without `@<location>`') });

/** The query of `GET /api/v1/ledger/accounts`. */
export const accountsQuery = z.strictObject({
  at: z.iso
    .datetime({ error: noSuchForm('a moment, UTC, such as 2026-11-27T12:00:00Z') })
    .transform((text) => new Date(text).toISOString())
    .optional(),
  of: z.enum(['money', 'stock']).optional(),
  account: account.optional(),
  unit: unit.optional(),
  limit: generousLimitParameter,
  cursor: z.string().optional(),
});

/** The content of a cursor of accounts: the row after which a page begins, and the moment that all pages are of. */
export const placeInAccounts = z.strictObject({
  account: z
    .string()
    .max(100)
    .transform((name) => name as Account),
  unit: z.string().max(64),
  at: z.iso.datetime(),
});

/** The query of `GET /api/v1/ledger/entries`: days of posting, both included. */
export const entriesQuery = z.strictObject({
  account,
  unit: unit.optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  limit: generousLimitParameter,
  cursor: z.string().optional(),
});

const version = z.int().min(1);
const ofBook = { bookId: z.string().regex(BOOK_ID), version };
const placeInPart = z.strictObject({ ...ofBook, occurredAt: z.iso.datetime() });

/** The content of a cursor of entries. */
export const placeInEntries = z.strictObject({
  day: z.iso.date(),
  places: z.record(z.string().regex(/^\d$/), placeInPart),
  begun: z.strictObject({ ...ofBook, rows: z.int().min(1) }).optional(),
});

const postings = z
  .array(z.strictObject({ account, unit, amount: z.int() }))
  .min(1)
  .max(200);

/** The body of `POST /api/v1/ledger/orders/{orderId}/reversals`. */
export const reversalRequest = z.strictObject({
  of: version,
  reason: multiLine(500),
  postings: postings.exactOptional(),
});

/** The body of `POST /api/v1/ledger/orders/{orderId}/corrections`, and of the same for a transfer. */
export const correctionRequest = z.strictObject({ reason: multiLine(500), postings });
