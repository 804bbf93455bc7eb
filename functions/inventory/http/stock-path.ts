import type { ApiRequest } from '../../shared/http/request.ts';
import { SKU, type Sku } from '../../shared/kernel/ids.ts';
import { type ArticleStock, forSaleAt, type LocationStock } from '../domain/article-stock.ts';
import { activeLocations, type LocationsSettings } from '../domain/sources.ts';
import { unitsForSale } from '../domain/stock-count.ts';
import { stockNotFound } from './problems.ts';

/** The article that the path names. @throws Problem for a text that is no SKU: there is no stock of it */
export function skuOf({ pathParameters }: Pick<ApiRequest, 'pathParameters'>): Sku {
  const text = pathParameters['sku'] ?? '';
  if (!SKU.test(text)) throw stockNotFound(text.slice(0, 64));
  return text as Sku;
}

/** The stock of an article as the API shows it: at all locations together, and at each. */
export function shownStock(sku: Sku, stock: ArticleStock, settings: Pick<LocationsSettings, 'locations'>) {
  const active = activeLocations(settings);
  return {
    sku,
    ...shownCounts(stock, forSaleAt(stock, active)),
    ...(stock.lowStockThreshold === undefined ? {} : { lowStockThreshold: stock.lowStockThreshold, low: stock.low }),
    locations: [...stock.locations]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([location, counts]) => {
        const isActive = active.includes(location);
        return { location, active: isActive, ...shownCounts(counts, isActive ? unitsForSale(counts) : 0) };
      }),
    links: { self: `/api/v1/stock/${sku}`, history: `/api/v1/stock/${sku}/history` },
  };
}

const shownCounts = (
  { available, reserved, sold, damaged, received, safetyStock }: LocationStock,
  forSale: number,
) => ({
  available,
  forSale,
  reserved,
  sold,
  damaged,
  received,
  safetyStock,
});
