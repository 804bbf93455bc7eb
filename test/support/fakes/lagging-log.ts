import type { RecordedOrderEvent } from '../../../functions/published/order-events.ts';
import type { OrderLog } from '../../../functions/published/order-log.ts';
import type { Consistency } from '../../../functions/shared/event-log/port.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';

/** The same log, whose eventual reads do not see the last events of a stream yet. */
export function laggingLog(log: OrderLog, missing: number): OrderLog {
  const seen = async (id: OrderId, consistency: Consistency | undefined): Promise<RecordedOrderEvent[]> => {
    const stream = await log.read(id);
    return consistency === 'eventual' ? stream.slice(0, Math.max(stream.length - missing, 0)) : stream;
  };
  return {
    read: async (id, fromVersion = 1, limit = Number.POSITIVE_INFINITY, consistency) =>
      (await seen(id, consistency)).slice(fromVersion - 1, fromVersion - 1 + limit),
    readLast: async (id, limit, consistency) => (await seen(id, consistency)).slice(-limit),
    findEvent: (...args) => log.findEvent(...args),
    append: (...args) => log.append(...args),
    findCommand: (...args) => log.findCommand(...args),
  };
}
