import { faultOf, logFault } from '../../shared/edge/faults.ts';
import { emitMetric } from '../../shared/edge/metrics.ts';
import type { RecoveryMonitor } from '../application/ports.ts';
import { OLDEST_WAIT, ORDERS_RELEASED, ORDERS_WAITING, RELEASES_FAILED, WAITS_GIVEN_UP } from './metrics.ts';

/** Metrics by partner, and a line of log for each order that could not be let go on. */
export const recoveryMonitor: RecoveryMonitor = {
  waiting(partner, count, oldestMs) {
    const dimensions = { Partner: partner };
    emitMetric(ORDERS_WAITING, count, { dimensions });
    emitMetric(OLDEST_WAIT, oldestMs, { dimensions });
  },
  released: (partner, count) => emitMetric(ORDERS_RELEASED, count, { dimensions: { Partner: partner } }),
  gaveUp: (partner, count) => emitMetric(WAITS_GIVEN_UP, count, { dimensions: { Partner: partner } }),
  failed({ orderId, step }, error) {
    logFault(faultOf(error), 'A waiting order could not be let go on.', { orderId, step });
    emitMetric(RELEASES_FAILED, 1);
  },
};
