import type { Sku } from '../../shared/kernel/ids.ts';
import { accept, type Result, refuse } from '../../shared/kernel/result.ts';
import type { ArticleStock } from '../domain/article-stock.ts';
import type { StockMovement } from '../domain/stock-events.ts';
import { limitsSet, NO_LIMITS, type StockLimits } from '../domain/stock-limits.ts';
import { recordStock, type StockOrigin, type StockRefusal } from './record-stock.ts';
import type { StockDeps } from './stock-ports.ts';

/**
 * Records a movement of an article's stock and changes its counts. Resolves to the stock as it is afterwards; as it is by now, when
 * the movement was recorded before. The first one of an article has to be a receipt.
 * @param limits of an article whose first goods these are. @default none
 * @throws ConcurrencyConflict after five lost races
 */
export const moveStock = (
  deps: StockDeps,
  sku: Sku,
  movement: StockMovement,
  origin: StockOrigin,
  limits: StockLimits = NO_LIMITS,
): Promise<Result<ArticleStock, StockRefusal>> =>
  recordStock(
    deps,
    sku,
    (found) => {
      if (found) return accept([movement]);
      if (movement.type !== 'StockReceived') return refuse({ kind: 'no-stock' });
      return accept([movement, ...limitsSet(limits, movement.data.location, 'The settings of all articles.')]);
    },
    origin,
  );
