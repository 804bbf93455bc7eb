import type { OrderEvent, RecordedOrderEvent } from '../../../functions/published/order-events.ts';
import { ORDER } from '../../../functions/published/order-log.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import { InMemoryEventLog } from './in-memory-event-log.ts';

export class InMemoryOrderLog extends InMemoryEventLog<OrderEvent, 'orderId', OrderId> {
  constructor() {
    super(ORDER);
  }

  /** A log with these streams, each of one order and from its beginning. */
  static async of(...streams: readonly (readonly RecordedOrderEvent[])[]): Promise<InMemoryOrderLog> {
    const log = new InMemoryOrderLog();
    for (const stream of streams) await log.append(stream[0]!.orderId, 0, stream);
    return log;
  }
}
