import type { Handler } from 'aws-lambda';
import { configurationSource } from '../shared/configuration/deployed.ts';
import type { ConfigurationSource } from '../shared/configuration/port.ts';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import type { Stock } from './application/stock-ports.ts';
import { storedStock } from './composition.ts';
import { stockNotFound } from './http/problems.ts';
import { shownStock, skuOf } from './http/stock-path.ts';
import { getStock } from './routes.ts';

interface StockReadingDeps {
  readonly stock: Pick<Stock, 'find'>;
  readonly configuration: ConfigurationSource;
}

/** `GET /api/v1/stock/{sku}`: how many units of an article are available, reserved, sold and damaged, together and at each location; for operators. */
export const makeHandler = ({ stock, configuration }: StockReadingDeps) =>
  endpoint(getStock, async (http) => {
    const sku = skuOf(http);
    const found = await stock.find(sku);
    if (!found) throw stockNotFound(sku);
    return { status: 200, body: shownStock(sku, found, (await configuration.current()).inventory) };
  });

export const handler: Handler = limited(makeHandler({ stock: storedStock(), configuration: configurationSource() }));
