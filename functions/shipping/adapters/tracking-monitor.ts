import { logger } from '../../shared/edge/logger.ts';
import type { TrackingMonitor } from '../application/tracking-ports.ts';

/** A line of log each. */
export const trackingMonitor: TrackingMonitor = {
  refused: (carrier, reason) => logger.warn('A notification of a parcel is refused.', { carrier, reason }),
  ofNoShipment: (carrier, reportId) =>
    logger.warn('A notification is about a parcel that no order has.', { carrier, reportId }),
};
