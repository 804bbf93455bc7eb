import type { ApiRequest } from '../../shared/http/request.ts';
import { SKU, type Sku } from '../../shared/kernel/ids.ts';
import type { ArticleStock } from '../application/stock-ports.ts';
import { unitsForSale } from '../domain/stock-count.ts';
import { stockNotFound } from './problems.ts';

/** The article that the path names. @throws Problem for a text that is no SKU: there is no stock of it */
export function skuOf({ pathParameters }: Pick<ApiRequest, 'pathParameters'>): Sku {
  const text = pathParameters['sku'] ?? '';
  if (!SKU.test(text)) throw stockNotFound(text.slice(0, 64));
  return text as Sku;
}

/** The stock of an article as the API shows it. */
export const shownStock = (sku: Sku, stock: ArticleStock) => ({
  sku,
  available: stock.available,
  forSale: unitsForSale(stock),
  reserved: stock.reserved,
  sold: stock.sold,
  damaged: stock.damaged,
  received: stock.received,
  safetyStock: stock.safetyStock,
  ...(stock.lowStockThreshold === undefined ? {} : { lowStockThreshold: stock.lowStockThreshold, low: stock.low }),
  links: { self: `/api/v1/stock/${sku}`, history: `/api/v1/stock/${sku}/history` },
});
