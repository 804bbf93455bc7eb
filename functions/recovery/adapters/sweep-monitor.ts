import { faultOf, logFault } from '../../shared/edge/faults.ts';
import { logger } from '../../shared/edge/logger.ts';
import { emitMetric } from '../../shared/edge/metrics.ts';
import type { SweepMonitor } from '../application/sweep-ports.ts';
import { ORDERS_WITHOUT_PROGRESS } from './metrics.ts';

/** A metric for all findings, the same by what was found, and a line of log for each order. */
export const sweepMonitor: SweepMonitor = {
  found({ orderId, found, repair }) {
    emitMetric(ORDERS_WITHOUT_PROGRESS, 1);
    emitMetric(ORDERS_WITHOUT_PROGRESS, 1, { dimensions: { Found: found } });
    logger.warn('An order was without progress.', { orderId, found, repair });
  },
  failed: (orderId, error) => logFault(faultOf(error), 'The progress of an order could not be checked.', { orderId }),
};
