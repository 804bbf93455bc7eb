import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { bodyOf } from '../shared/http/request.ts';
import type { Stock } from './application/stock-ports.ts';
import { storedStock } from './composition.ts';
import { checkAvailability } from './routes.ts';

/** `POST /api/v1/availability`: how much of a cart there is at this moment. Nothing is reserved. */
export const makeHandler = ({ stock }: { readonly stock: Pick<Stock, 'forSale'> }) =>
  endpoint(checkAvailability, async (http) => {
    const { items } = bodyOf(http);
    const units = await stock.forSale(items.map(({ sku }) => sku));
    const answered = items.map(({ sku, quantity }) => ({
      sku,
      quantity,
      available: Math.min(quantity, units.get(sku) ?? 0),
    }));
    const complete = answered.every(({ quantity, available }) => available === quantity);
    return { status: 200, body: { complete, items: answered } };
  });

export const handler: Handler = limited(makeHandler({ stock: storedStock() }));
