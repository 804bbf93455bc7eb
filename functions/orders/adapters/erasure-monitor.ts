import { faultOf, logFault } from '../../shared/edge/faults.ts';
import type { ErasureMonitor } from '../application/erasure-ports.ts';

/** A line of log for each order. */
export const erasureMonitor: ErasureMonitor = {
  failed: (orderId, error) =>
    logFault(faultOf(error), 'The personal data of an order could not be erased.', { orderId }),
};
