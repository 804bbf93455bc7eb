import type { Handler } from 'aws-lambda';
import { logger } from '../shared/edge/logger.ts';
import { scheduledHandler } from '../shared/edge/scheduled.ts';
import { auditBooks } from './application/audit.ts';
import { closeDays } from './application/close-days.ts';
import type { AuditCursor, AuditDeps, ClosingDeps } from './application/ports.ts';
import { auditCursor, auditing, closing } from './composition.ts';

const MOST_BOOKS = 5_000;
/** Below the function's own timeout. */
const PATIENCE_MS = 15_000;
/** After which no further day is begun. */
const CLOSING_MS = 5_000;

/** On schedule: the close of each day that is over, and the next part of the check of all books. @param ofRun what each run stands on */
export const makeHandler = (ofRun: () => AuditDeps & { readonly cursor: AuditCursor; readonly closing: ClosingDeps }) =>
  scheduledHandler(async () => {
    const { cursor, closing, ...deps } = ofRun();
    const closed = await closeDays(closing, deps.now() + CLOSING_MS);
    if (closed.length > 0) logger.info('Days of the books were closed.', { from: closed[0], to: closed.at(-1) });
    const after = await cursor.find();
    const { checked, articles, transfers, findings, next } = await auditBooks(deps, {
      ...(after === undefined ? {} : { after }),
      books: MOST_BOOKS,
      until: deps.now() + PATIENCE_MS,
    });
    await cursor.save(next);
    logger.info('Books were checked.', {
      checked,
      articles,
      transfers,
      findings: findings.length,
      complete: next === undefined,
    });
  });

export const handler: Handler = makeHandler(() => ({ ...auditing(), cursor: auditCursor(), closing: closing() }));
