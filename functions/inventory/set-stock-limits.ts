import type { Handler } from 'aws-lambda';
import { configurationSource } from '../shared/configuration/deployed.ts';
import { limited } from '../shared/edge/limited.ts';
import { setStockLimits as setLimits } from './application/set-limits.ts';
import type { StockDeps } from './application/stock-ports.ts';
import { deployedStock, idempotency } from './composition.ts';
import { type StockCommandDeps, stockCommandEndpoint } from './http/stock-command-endpoint.ts';
import { setStockLimits } from './routes.ts';

/** `PUT /api/v1/stock/{sku}/limits`: how many units are kept from orders, and when people are told that few are left; for operators. */
export const makeHandler = (deps: StockDeps & StockCommandDeps) =>
  stockCommandEndpoint(setStockLimits, deps, {
    status: 200,
    work: (sku, body, origin) => setLimits(deps, sku, body, origin),
  });

export const handler: Handler = limited(
  makeHandler({ ...deployedStock(), idempotency: idempotency(), configuration: configurationSource() }),
);
