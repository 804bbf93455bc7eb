import { OrderNotFound } from '../kernel/errors.ts';
import type { OrderId } from '../kernel/ids.ts';
import type { NewOrderEvent, OrderCreated, RecordedOrderEvent } from '../kernel/order-events.ts';
import { accept, refuse, type Result } from '../kernel/result.ts';
import type { OrderLog, VersionConflict } from './port.ts';

/** The log in memory, for tests of what stands on it; it passes the same contract suite as the real one. */
export class InMemoryOrderLog implements OrderLog {
  readonly #streams = new Map<OrderId, RecordedOrderEvent[]>();

  async read(orderId: OrderId, fromVersion = 1): Promise<RecordedOrderEvent[]> {
    return structuredClone((this.#streams.get(orderId) ?? []).slice(fromVersion - 1));
  }

  async readCreated(orderId: OrderId): Promise<RecordedOrderEvent<OrderCreated>> {
    const [first] = await this.read(orderId);
    if (first?.type !== 'OrderCreated') throw new OrderNotFound(`There is no order ${orderId}.`);
    return first;
  }

  async append(orderId: OrderId, expectedVersion: number, events: readonly NewOrderEvent[]): Promise<Result<number, VersionConflict>> {
    const stream = this.#streams.get(orderId) ?? [];
    if (stream.length !== expectedVersion) return refuse({ kind: 'version-conflict' });
    this.#streams.set(orderId, [...stream, ...events.map((event, index) => ({ ...event, orderId, version: expectedVersion + index + 1 }))]);
    return accept(expectedVersion + events.length);
  }
}
