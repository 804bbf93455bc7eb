import type { ApiRequest } from '../../shared/http/request.ts';
import { SKU, type Sku } from '../../shared/kernel/ids.ts';
import type { ArticleStock } from '../application/stock-ports.ts';
import { stockNotFound } from './problems.ts';

/** The article that the path names. @throws Problem for a text that is no SKU: there is no stock of it */
export function skuOf({ pathParameters }: Pick<ApiRequest, 'pathParameters'>): Sku {
  const text = pathParameters['sku'] ?? '';
  if (!SKU.test(text)) throw stockNotFound(text.slice(0, 64));
  return text as Sku;
}

/** The stock of an article as the API shows it. */
export const shownStock = (sku: Sku, { available, reserved, sold, damaged, received }: ArticleStock) => ({
  sku,
  available,
  reserved,
  sold,
  damaged,
  received,
  links: { self: `/api/v1/stock/${sku}`, history: `/api/v1/stock/${sku}/history` },
});
