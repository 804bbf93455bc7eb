/** The order log in memory, and its outbox: each event that it takes is published a moment later. */
import type { NewOrderEvent, RecordedOrderEvent } from '../../../functions/published/order-events.ts';
import type { OrderLog } from '../../../functions/published/order-log.ts';
import type { AppendOptions } from '../../../functions/shared/event-log/port.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import { InMemoryOrderLog } from '../../support/fakes/in-memory-order-log.ts';

export class PublishingLog extends InMemoryOrderLog {
  readonly #publish: (event: RecordedOrderEvent) => void;

  constructor(publish: (event: RecordedOrderEvent) => void) {
    super();
    this.#publish = publish;
  }

  override async append(
    orderId: OrderId,
    expectedVersion: number,
    events: readonly NewOrderEvent[],
    options?: AppendOptions,
  ): ReturnType<OrderLog['append']> {
    const appended = await super.append(orderId, expectedVersion, events, options);
    if (appended.ok) {
      events.forEach((event, index) => this.#publish({ ...event, orderId, version: expectedVersion + index + 1 }));
    }
    return appended;
  }
}
