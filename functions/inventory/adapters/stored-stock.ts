/** How the item of an article says what there is of it, and how a change of it is written. */
import { countAt, countsByLocation } from '../../published/inventory-tables.ts';
import { DEFAULT_LOCATION, type LocationId } from '../../shared/kernel/location.ts';
import type { StockChange, WatchStatus } from '../application/stock-ports.ts';
import { type ArticleStock, articleStock, NO_LOCATION_STOCK, stockAfter, stockAt } from '../domain/article-stock.ts';
import { changesOfAll } from '../domain/stock-count.ts';
import type { CountChange } from './count-change.ts';
import { at, together, type Units, unitsThatGo } from './stock-moves.ts';

const NAMES = ['available', 'reserved', 'sold', 'damaged', 'received', 'safetyStock'] as const;

const watchStatus = (low: boolean): WatchStatus => (low ? 'low' : 'watched');

/**
 * The stock of an article whose item this is. Counts that it does not have are 0; an article whose stream has not begun has received what it has.
 * @param item with the counts of all shards
 */
export function storedStock(item: Readonly<Record<string, unknown>>): ArticleStock {
  const version = Number(item['version'] ?? 0);
  const locations = new Map(
    [...countsByLocation(item, NAMES)].map(([location, counts]) => {
      const stored = { ...NO_LOCATION_STOCK, ...counts };
      const stock = { ...stored, available: stored.available + stored.safetyStock };
      const { available, reserved, sold } = stock;
      return [location, version === 0 ? { ...stock, received: available + reserved + sold } : stock] as const;
    }),
  );
  const { watch, lowStockThreshold } = item;
  const threshold = lowStockThreshold === undefined ? {} : { lowStockThreshold: Number(lowStockThreshold) };
  return articleStock(locations, { ...threshold, low: watch === watchStatus(true) }, version);
}

/** What a change writes into the item of its article. */
export function countChange({ events, before }: StockChange): CountChange {
  const after = stockAfter(before, events);
  const changes = together([...changesOfAll(events)].map(([location, counts]) => at(location, counts)));
  const kept = (location: LocationId): number =>
    stockAt(after, location).safetyStock - stockAt(before, location).safetyStock;
  const locations = [...after.locations.keys()];
  const needed = Object.entries(unitsThatGo(changes)).map(([name, units]) => [
    name,
    units - safetyStockOf(name, before),
  ]);
  const safetyStocks = locations.filter((location) => kept(location) !== 0);
  return {
    changes: together([changes, ...safetyStocks.map((location) => at(location, { available: -kept(location) }))]),
    needed: Object.fromEntries(needed) as Units,
    set: {
      version: after.version,
      ...Object.fromEntries(
        safetyStocks.map((location) => [countAt('safetyStock', location), stockAt(after, location).safetyStock]),
      ),
      ...watchAttributes(before, after),
    },
  };
}

/** Units of the safety stock may go as well: it is kept from orders, not from the truth. */
const safetyStockOf = (attribute: string, before: ArticleStock): number => {
  const [name, location = DEFAULT_LOCATION] = attribute.split('@') as [string, LocationId?];
  return name === 'available' ? stockAt(before, location).safetyStock : 0;
};

function watchAttributes(before: ArticleStock, { lowStockThreshold, low }: ArticleStock) {
  if (lowStockThreshold === before.lowStockThreshold && low === before.low) return {};
  return { lowStockThreshold, watch: lowStockThreshold === undefined ? undefined : watchStatus(low) };
}
