import type { CorrelationId, Sku } from '../../shared/kernel/ids.ts';
import type { LocationId } from '../../shared/kernel/location.ts';
import { accept } from '../../shared/kernel/result.ts';
import { forSaleAt } from '../domain/article-stock.ts';
import { crossing } from '../domain/stock-limits.ts';
import { recordStock } from './record-stock.ts';
import { type StockDeps, WATCH_STATUSES, type WatchedArticles } from './stock-ports.ts';

export interface LowStockDeps extends StockDeps {
  readonly watched: WatchedArticles;
  readonly newId: () => string;
  /** From which orders get goods. */
  readonly locations: () => Promise<readonly LocationId[]>;
}

/** As many as one read of their counts takes. */
const PAGE = 100;

/**
 * Records which articles are low by now, and which no longer are: once for each time that they crossed their threshold. Safe to repeat.
 * Resolves to the articles that crossed.
 * @throws ConcurrencyConflict
 */
export async function checkLowStock(deps: LowStockDeps): Promise<readonly Sku[]> {
  const crossed: Sku[] = [];
  const locations = await deps.locations();
  for (const status of WATCH_STATUSES) {
    let after: Sku | undefined;
    do {
      const articles = await deps.watched.page(status, PAGE, after);
      const units = await deps.stock.forSale(
        articles.map(({ sku }) => sku),
        locations,
      );
      for (const { sku, threshold } of articles) {
        if (isLow(units.get(sku), threshold) === (status === 'low')) continue;
        await record(deps, sku, locations);
        crossed.push(sku);
      }
      after = articles.length < PAGE ? undefined : articles.at(-1)!.sku;
    } while (after !== undefined);
  }
  return crossed;
}

const isLow = (units = 0, threshold: number): boolean => units <= threshold;

/** The counts of a moment ago only say that it is worth a look. */
function record(deps: LowStockDeps, sku: Sku, locations: readonly LocationId[]) {
  const id = deps.newId();
  const actor = { type: 'system', id: 'CheckLowStock' } as const;
  const origin = { id, correlationId: id as CorrelationId, causationId: id, actor };
  return recordStock(deps, sku, (found) => accept(found ? crossing(found, forSaleAt(found, locations)) : []), origin);
}
