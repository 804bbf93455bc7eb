import { logger } from '../../shared/edge/logger.ts';
import type { ShipmentMonitor } from '../application/shipment-ports.ts';

/** A line of log. */
export const shipmentMonitor: ShipmentMonitor = {
  unexpected: (orderId, status) =>
    logger.error('A carrier tells of a parcel of an order that has none to send.', { orderId, status }),
};
