import { faultOf, logFault } from '../../shared/edge/faults.ts';
import { emitMetric } from '../../shared/edge/metrics.ts';
import type { RecoveryMonitor } from '../application/ports.ts';
import { OLDEST_WAIT, ORDERS_GIVEN_UP, ORDERS_RELEASED, ORDERS_WAITING, RELEASES_FAILED } from './metrics.ts';

/** Metrics, and a line of log for each order that could not be let go on. */
export const recoveryMonitor: RecoveryMonitor = {
  waiting: (partner, count) => emitMetric(ORDERS_WAITING, count, { dimensions: { Partner: partner } }),
  oldest: (partner, waitedMs) => emitMetric(OLDEST_WAIT, waitedMs, { properties: { partner } }),
  released: (partner, count) => emitMetric(ORDERS_RELEASED, count, { dimensions: { Partner: partner } }),
  gaveUp: (partner, count) => emitMetric(ORDERS_GIVEN_UP, count, { properties: { partner } }),
  failed({ orderId, step }, error) {
    logFault(faultOf(error), 'A waiting order could not be let go on.', { orderId, step });
    emitMetric(RELEASES_FAILED, 1);
  },
};
