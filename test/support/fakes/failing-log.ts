import type { OrderLog } from '../../../functions/published/order-log.ts';

/** The same log for a step that crashes right before its first `append`. */
export function dyingBeforeAppend(log: OrderLog): OrderLog {
  return {
    read: (...args) => log.read(...args),
    findEvent: (...args) => log.findEvent(...args),
    readLast: (...args) => log.readLast(...args),
    findCommand: (...args) => log.findCommand(...args),
    append: async () => {
      throw new Error('The function was killed.');
    },
  };
}
