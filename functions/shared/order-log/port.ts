import type { OrderId } from '../kernel/ids.ts';
import type { NewOrderEvent, OrderCreated, RecordedOrderEvent } from '../kernel/order-events.ts';
import type { Result } from '../kernel/result.ts';

/** Somebody else appended first: the stream does not end where the caller expected. */
export interface VersionConflict {
  readonly kind: 'version-conflict';
}

/** The log of orders' events: one stream per order, versions from 1 without gaps. Reads see every finished append. */
export interface OrderLog {
  /** The events from `fromVersion` (default 1) on, oldest first; empty when there are none. */
  read(orderId: OrderId, fromVersion?: number): Promise<RecordedOrderEvent[]>;

  /** The first event of the stream. @throws OrderNotFound when there is no stream. */
  readCreated(orderId: OrderId): Promise<RecordedOrderEvent<OrderCreated>>;

  /**
   * Appends all of `events` or none, directly after `expectedVersion` (0 for a new stream). Resolves to the new last
   * version.
   */
  append(orderId: OrderId, expectedVersion: number, events: readonly NewOrderEvent[]): Promise<Result<number, VersionConflict>>;
}
