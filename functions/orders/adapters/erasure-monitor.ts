import { faultOf, logFault } from '../../shared/edge/faults.ts';
import { emitMetric } from '../../shared/edge/metrics.ts';
import type { ErasureMonitor } from '../application/erasure-ports.ts';
import { PERSONAL_DATA_OVERDUE } from './metrics.ts';

/** A line of log for each order, and a metric for how far behind each run is. */
export const erasureMonitor: ErasureMonitor = {
  failed: (orderId, error) =>
    logFault(faultOf(error), 'The personal data of an order could not be erased.', { orderId }),
  overdue: (by, ms, of) => emitMetric(PERSONAL_DATA_OVERDUE, ms, { dimensions: { By: by }, properties: { ...of } }),
};
