import { logger } from '../../shared/edge/logger.ts';
import type { NotificationMonitor } from '../application/notification-ports.ts';

/** A line of log each. */
export const notificationMonitor: NotificationMonitor = {
  refused: (channel, reason) => logger.warn('A notification of a payment is refused.', { channel, reason }),
  ofNoOrder: (channel, notificationId) =>
    logger.warn('A notification is about the payment of an order that there is not.', { channel, notificationId }),
};
