import type { Handler } from 'aws-lambda';
import { configurationSource } from '../shared/configuration/deployed.ts';
import type { ConfigurationSource } from '../shared/configuration/port.ts';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { bodyOf } from '../shared/http/request.ts';
import type { Stock } from './application/stock-ports.ts';
import { storedStock } from './composition.ts';
import { activeLocations } from './domain/sources.ts';
import { checkAvailability } from './routes.ts';

interface AvailabilityDeps {
  readonly stock: Pick<Stock, 'forSale'>;
  readonly configuration: ConfigurationSource;
}

/** `POST /api/v1/availability`: how much of a cart there is at this moment, at all locations together. Nothing is reserved. */
export const makeHandler = ({ stock, configuration }: AvailabilityDeps) =>
  endpoint(checkAvailability, async (http) => {
    const { items } = bodyOf(http);
    const { inventory } = await configuration.current();
    const units = await stock.forSale(
      items.map(({ sku }) => sku),
      activeLocations(inventory),
    );
    const answered = items.map(({ sku, quantity }) => ({
      sku,
      quantity,
      available: Math.min(quantity, units.get(sku) ?? 0),
    }));
    const complete = answered.every(({ quantity, available }) => available === quantity);
    return { status: 200, body: { complete, items: answered } };
  });

export const handler: Handler = limited(makeHandler({ stock: storedStock(), configuration: configurationSource() }));
