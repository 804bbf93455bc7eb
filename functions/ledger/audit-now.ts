import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { bodyOf } from '../shared/http/request.ts';
import { auditBooks } from './application/audit.ts';
import type { AuditDeps } from './application/ports.ts';
import { auditing } from './composition.ts';
import { auditNow } from './routes.ts';

const MOST_BOOKS = 500;
/** Below the function's own timeout. */
const PATIENCE_MS = 6_000;

/** `POST /api/v1/ledger/audits`: checks the next part of all books at once. @param ofRun what each run stands on */
export const makeHandler = (ofRun: () => AuditDeps) =>
  endpoint(auditNow, async (http) => {
    const deps = ofRun();
    const limits = { books: MOST_BOOKS, until: deps.now() + PATIENCE_MS };
    return { status: 200, body: { ...(await auditBooks(deps, { ...bodyOf(http), ...limits })) } };
  });

export const handler: Handler = limited(makeHandler(auditing));
