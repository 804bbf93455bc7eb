import { faultOf, logFault } from '../../shared/edge/faults.ts';
import { logger } from '../../shared/edge/logger.ts';
import { emitMetric } from '../../shared/edge/metrics.ts';
import type { AuditMonitor } from '../application/ports.ts';
import { BOOKS_BROKEN } from './metrics.ts';

/** A metric for all broken rules, the same by rule, and a line of log with the order and its entries. */
export const auditMonitor: AuditMonitor = {
  broken({ orderId, rule, detail, since }, { entries, reversals }) {
    emitMetric(BOOKS_BROKEN, 1);
    emitMetric(BOOKS_BROKEN, 1, { dimensions: { Rule: rule } });
    logger.error('The books of an order break a rule.', { orderId, rule, detail, since, entries, reversals });
  },
  failed: (orderId, error) => logFault(faultOf(error), 'The books of an order could not be checked.', { orderId }),
};
