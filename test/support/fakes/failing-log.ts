import type { OrderEventType } from '../../../functions/published/order-events.ts';
import type { OrderLog } from '../../../functions/published/order-log.ts';

/** The same log for a step that crashes right before its first `append`, or before the first of this type. */
export function dyingBeforeAppend(log: OrderLog, type?: OrderEventType): OrderLog {
  return {
    read: (...args) => log.read(...args),
    findEvent: (...args) => log.findEvent(...args),
    readLast: (...args) => log.readLast(...args),
    findCommand: (...args) => log.findCommand(...args),
    append: async (orderId, version, events, options) => {
      if (type !== undefined && events.every((event) => event.type !== type)) {
        return log.append(orderId, version, events, options);
      }
      throw new Error('The function was killed.');
    },
  };
}
