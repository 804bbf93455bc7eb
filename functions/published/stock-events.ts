/** The published language of stock: every event that the stream of an article can hold. */
import type { StockEvent } from '../inventory/domain/stock-events.ts';
import type { RecordedEvent } from '../shared/kernel/events.ts';
import type { Sku } from '../shared/kernel/ids.ts';

export type { StockEvent } from '../inventory/domain/stock-events.ts';

/** An event as the article's stream holds it. */
export type RecordedStockEvent<E extends StockEvent = StockEvent> = RecordedEvent<E, 'sku', Sku>;
