/** Stock as its event log knows it: a stream for each article. */

import { STOCK_UPCASTERS } from '../inventory/domain/stock-events.ts';
import type { Aggregate } from '../shared/event-log/aggregate.ts';
import type { EventLog, EventStreams } from '../shared/event-log/port.ts';
import { parseSku, type Sku } from '../shared/kernel/ids.ts';
import { INVENTORY_TABLES } from './inventory-tables.ts';
import type { StockEvent } from './stock-events.ts';

export const STOCK: Aggregate<StockEvent, 'sku', Sku> = {
  idField: INVENTORY_TABLES.stockLog.partitionKey,
  parseId: parseSku,
  upcasters: STOCK_UPCASTERS,
};

export type StockLog = EventLog<StockEvent, 'sku', Sku>;
export type StockStreams = EventStreams<StockEvent, 'sku', Sku>;
