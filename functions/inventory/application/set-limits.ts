import type { Sku } from '../../shared/kernel/ids.ts';
import { accept, type Result, refuse } from '../../shared/kernel/result.ts';
import type { ArticleStock } from '../domain/article-stock.ts';
import type { StockLimitsSet } from '../domain/stock-events.ts';
import { recordStock, type StockOrigin, type StockRefusal } from './record-stock.ts';
import type { StockDeps } from './stock-ports.ts';

/**
 * Sets the safety stock of an article at a location, and the threshold at which people are told. What is reserved stays reserved, also when less is left
 * than the safety stock. Resolves to the stock as it is afterwards.
 * @throws ConcurrencyConflict after five lost races
 */
export const setStockLimits = (
  deps: StockDeps,
  sku: Sku,
  data: StockLimitsSet['data'],
  origin: StockOrigin,
): Promise<Result<ArticleStock, StockRefusal>> =>
  recordStock(
    deps,
    sku,
    (found) => (found ? accept([{ type: 'StockLimitsSet', data }]) : refuse({ kind: 'no-stock' })),
    origin,
  );
