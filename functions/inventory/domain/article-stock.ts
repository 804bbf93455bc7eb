/** The stock of an article at all of its locations. Pure. */
import type { LocationId } from '../../shared/kernel/location.ts';
import { locationOf } from '../../shared/kernel/location.ts';
import { changesOfAll, NO_STOCK, type StockCount, sumOf, unitsForSale, withChanges } from './stock-count.ts';
import type { StockEvent } from './stock-events.ts';
import { limitsAfter, type WatchedLimits } from './stock-limits.ts';

export interface LocationStock extends StockCount {
  /** Units that are kept from orders at this location. */
  readonly safetyStock: number;
}

export const NO_LOCATION_STOCK: LocationStock = { ...NO_STOCK, safetyStock: 0 };

/** The stock of an article, its limits, and how far its history goes. Counts and safety stock are of all locations together. */
export interface ArticleStock extends StockCount, WatchedLimits {
  readonly locations: ReadonlyMap<LocationId, LocationStock>;
  /** Of the last event in its stream; 0 when there is none yet. */
  readonly version: number;
}

type Watch = Pick<WatchedLimits, 'lowStockThreshold' | 'low'>;

export const articleStock = (
  locations: ReadonlyMap<LocationId, LocationStock>,
  { lowStockThreshold, low }: Watch,
  version: number,
): ArticleStock => ({
  ...withChanges(NO_STOCK, sumOf([...locations.values()].map(({ safetyStock: _, ...counts }) => counts))),
  safetyStock: [...locations.values()].reduce((sum, { safetyStock }) => sum + safetyStock, 0),
  ...(lowStockThreshold === undefined ? {} : { lowStockThreshold }),
  low,
  locations,
  version,
});

/** An article of which nothing ever arrived. */
export const NEW_ARTICLE = articleStock(new Map(), { low: false }, 0);

export const stockAt = ({ locations }: Pick<ArticleStock, 'locations'>, location: LocationId): LocationStock =>
  locations.get(location) ?? NO_LOCATION_STOCK;

/** The stock after events of the article. */
export function stockAfter(before: ArticleStock, events: readonly StockEvent[]): ArticleStock {
  const locations = new Map(before.locations);
  for (const [location, changes] of changesOfAll(events)) {
    const { safetyStock, ...counts } = locations.get(location) ?? NO_LOCATION_STOCK;
    locations.set(location, { ...withChanges(counts, changes), safetyStock });
  }
  for (const { type, data } of events) {
    if (type !== 'StockLimitsSet') continue;
    const location = locationOf(data);
    locations.set(location, { ...(locations.get(location) ?? NO_LOCATION_STOCK), safetyStock: data.safetyStock });
  }
  return articleStock(locations, limitsAfter(before, events), before.version + events.length);
}

/** Units that orders can have from these locations. */
export const forSaleAt = (stock: Pick<ArticleStock, 'locations'>, locations: readonly LocationId[]): number =>
  locations.reduce((sum, location) => sum + unitsForSale(stockAt(stock, location)), 0);
