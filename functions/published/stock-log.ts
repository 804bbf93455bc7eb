/** Stock as its event log knows it: a stream for each article. */

import { STOCK_UPCASTERS, type StockEvent } from '../inventory/domain/stock-events.ts';
import type { Aggregate } from '../shared/event-log/aggregate.ts';
import type { EventLog, EventStreams } from '../shared/event-log/port.ts';
import type { RecordedEvent } from '../shared/kernel/events.ts';
import { parseSku, type Sku } from '../shared/kernel/ids.ts';
import { STOCK_LOG_TABLES } from './stock-log-tables.ts';

export type { StockEvent } from '../inventory/domain/stock-events.ts';

export const STOCK: Aggregate<StockEvent, 'sku', Sku> = {
  idField: STOCK_LOG_TABLES.stockLog.partitionKey,
  parseId: parseSku,
  upcasters: STOCK_UPCASTERS,
};

export type RecordedStockEvent<E extends StockEvent = StockEvent> = RecordedEvent<E, 'sku', Sku>;
export type StockLog = EventLog<StockEvent, 'sku', Sku>;
export type StockStreams = EventStreams<StockEvent, 'sku', Sku>;
