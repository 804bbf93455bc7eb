import type { Handler } from 'aws-lambda';
import { logger } from '../shared/edge/logger.ts';
import { scheduledHandler } from '../shared/edge/scheduled.ts';
import { auditBooks } from './application/audit.ts';
import type { AuditCursor, AuditDeps } from './application/ports.ts';
import { auditCursor, auditing } from './composition.ts';

const MOST_BOOKS = 5_000;
/** Below the function's own timeout. */
const PATIENCE_MS = 20_000;

/** On schedule: the next part of the check of all books. @param ofRun what each run stands on */
export const makeHandler = (ofRun: () => AuditDeps & { readonly cursor: AuditCursor }) =>
  scheduledHandler(async () => {
    const { cursor, ...deps } = ofRun();
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

export const handler: Handler = makeHandler(() => ({ ...auditing(), cursor: auditCursor() }));
