import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import type { Stock } from './application/stock-ports.ts';
import { storedStock } from './composition.ts';
import { stockNotFound } from './http/problems.ts';
import { shownStock, skuOf } from './http/stock-path.ts';
import { getStock } from './routes.ts';

/** `GET /api/v1/stock/{sku}`: how many units of an article are available, reserved, sold and damaged; for operators. */
export const makeHandler = ({ stock }: { readonly stock: Pick<Stock, 'find'> }) =>
  endpoint(getStock, async (http) => {
    const sku = skuOf(http);
    const found = await stock.find(sku);
    if (!found) throw stockNotFound(sku);
    return { status: 200, body: shownStock(sku, found) };
  });

export const handler: Handler = limited(makeHandler({ stock: storedStock() }));
