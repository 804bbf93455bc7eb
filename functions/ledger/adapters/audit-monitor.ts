import { faultOf, logFault } from '../../shared/edge/faults.ts';
import { logger } from '../../shared/edge/logger.ts';
import { emitMetric } from '../../shared/edge/metrics.ts';
import type { AuditMonitor } from '../application/ports.ts';
import { ownerOf } from '../domain/book-id.ts';
import { BOOKS_BROKEN } from './metrics.ts';

/** An order has fewer; an article that was moved a thousand times needs not all of them in one line of log. */
const MOST_ENTRIES = 100;

/** A metric for all broken rules, the same by rule, and a line of log with the order or the article and its last entries. */
export const auditMonitor: AuditMonitor = {
  broken({ underWay: _, ...finding }, { entries, reversals, corrections }) {
    emitMetric(BOOKS_BROKEN, 1);
    emitMetric(BOOKS_BROKEN, 1, { dimensions: { Rule: finding.rule } });
    const whose = 'sku' in finding ? 'an article' : 'transferId' in finding ? 'a transfer' : 'an order';
    logger.error(`The books of ${whose} break a rule.`, {
      ...finding,
      entries: entries.slice(-MOST_ENTRIES),
      reversals,
      corrections,
    });
  },
  failed: (bookId, error) => logFault(faultOf(error), 'A book could not be checked.', ownerOf(bookId)),
};
