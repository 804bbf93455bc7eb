import type { Handler } from 'aws-lambda';
import { configurationSource } from '../shared/configuration/deployed.ts';
import { limited } from '../shared/edge/limited.ts';
import { moveStock as move } from './application/move-stock.ts';
import type { StockDeps } from './application/stock-ports.ts';
import { deployedStock, idempotency } from './composition.ts';
import type { StockMovement } from './domain/stock-events.ts';
import { type StockCommandDeps, stockCommandEndpoint } from './http/stock-command-endpoint.ts';
import type { MovementRequest } from './http/stock-requests.ts';
import { moveStock } from './routes.ts';

const EVENT_TYPES = {
  receipt: 'StockReceived',
  correction: 'StockCorrected',
  damage: 'StockDamaged',
  transfer: 'StockTransferred',
} as const;

const movementOf = ({ type, ...data }: MovementRequest) => ({ type: EVENT_TYPES[type], data }) as StockMovement;

/**
 * `POST /api/v1/stock/{sku}/movements`: goods have arrived or went to another location, or a count or damage changed what there is; for
 * operators.
 */
export const makeHandler = (deps: StockDeps & StockCommandDeps) =>
  stockCommandEndpoint(moveStock, deps, {
    status: 201,
    work: (sku, body, origin, { safetyStock, lowStockThreshold }) => {
      const limits = { safetyStock, ...(lowStockThreshold === null ? {} : { lowStockThreshold }) };
      return move(deps, sku, movementOf(body), origin, limits);
    },
  });

export const handler: Handler = limited(
  makeHandler({ ...deployedStock(), idempotency: idempotency(), configuration: configurationSource() }),
);
