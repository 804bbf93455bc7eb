/** Routes that several partners have. */
import * as z from 'zod';
import { type Answer, type Call, parse, type Route } from './http.ts';
import type { Ledger, Movement } from './ledger.ts';

const DEFAULT_PAGE = 1_000;
const MAX_PAGE = 10_000;

/** The form of a merchant's key, and the named group of a path that holds one. */
export const KEY = '(?<key>[A-Za-z0-9_-]{1,64})';

const ledgerQuery = z.strictObject({
  key: z.string().max(64).optional(),
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
});

export const healthRoute: Route = {
  method: 'GET',
  path: /^\/health$/,
  open: true,
  handle: () => ({ status: 200, body: { status: 'ok' } }),
};

/** The routes of partners that have a ledger. */
export const commonRoutes = <M extends Movement>(ledger: Ledger<M>): Route[] => [
  healthRoute,
  {
    method: 'GET',
    path: /^\/v1\/ledger$/,
    open: true,
    handle: ({ query }: Call): Answer => {
      const { key, after, limit } = parse(ledgerQuery, Object.fromEntries(query));
      const entries = ledger.page({ key, after, limit });
      const last = entries.at(-1);
      return { status: 200, body: { entries, ...(last && entries.length === limit ? { next: last.sequence } : {}) } };
    },
  },
];
