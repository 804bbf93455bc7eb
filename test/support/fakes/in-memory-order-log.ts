import type { OrderEvent } from '../../../functions/published/order-events.ts';
import { ORDER } from '../../../functions/published/order-log.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import { InMemoryEventLog } from './in-memory-event-log.ts';

export class InMemoryOrderLog extends InMemoryEventLog<OrderEvent, 'orderId', OrderId> {
  constructor() {
    super(ORDER);
  }
}
