/** Orders as the event log knows them. Several contexts record in the streams of orders, so that this is theirs together. */
import type { Aggregate } from '../shared/event-log/aggregate.ts';
import type { EventLog, EventStream, EventStreams } from '../shared/event-log/port.ts';
import { type OrderId, parseOrderId } from '../shared/kernel/ids.ts';
import { ORDER_UPCASTERS, type OrderEvent } from './order-events.ts';
import { ORDER_LOG_TABLES } from './order-log-tables.ts';

export const ORDER: Aggregate<OrderEvent, 'orderId', OrderId> = {
  idField: ORDER_LOG_TABLES.orderLog.partitionKey,
  parseId: parseOrderId,
  upcasters: ORDER_UPCASTERS,
};

export type OrderLog = EventLog<OrderEvent, 'orderId', OrderId>;
export type OrderStream = EventStream<OrderEvent, 'orderId', OrderId>;
export type OrderStreams = EventStreams<OrderEvent, 'orderId', OrderId>;
