import type { Handler } from 'aws-lambda';
import { configurationSource } from '../shared/configuration/deployed.ts';
import type { ConfigurationSource } from '../shared/configuration/port.ts';
import type { Idempotency } from '../shared/edge/idempotency.ts';
import { limited } from '../shared/edge/limited.ts';
import { moveStock as move } from './application/move-stock.ts';
import type { StockDeps } from './application/stock-ports.ts';
import { deployedStock, idempotency } from './composition.ts';
import type { StockMovement } from './domain/stock-events.ts';
import { stockCommandEndpoint } from './http/stock-command-endpoint.ts';
import type { MovementRequest } from './http/stock-requests.ts';
import { moveStock } from './routes.ts';

interface MoveDeps extends StockDeps {
  readonly idempotency: Idempotency;
  readonly configuration: ConfigurationSource;
}

const EVENT_TYPES = { receipt: 'StockReceived', correction: 'StockCorrected', damage: 'StockDamaged' } as const;

const movementOf = ({ type, ...data }: MovementRequest) => ({ type: EVENT_TYPES[type], data }) as StockMovement;

/** `POST /api/v1/stock/{sku}/movements`: goods have arrived, or a count or damage changed what there is; for operators. */
export const makeHandler = ({ configuration, ...deps }: MoveDeps) =>
  stockCommandEndpoint(moveStock, {
    status: 201,
    idempotency: deps.idempotency,
    work: async (sku, body, origin) => {
      const { safetyStock, lowStockThreshold } = (await configuration.current()).inventory;
      const limits = { safetyStock, ...(lowStockThreshold === null ? {} : { lowStockThreshold }) };
      return move(deps, sku, movementOf(body), origin, limits);
    },
  });

export const handler: Handler = limited(
  makeHandler({ ...deployedStock(), idempotency: idempotency(), configuration: configurationSource() }),
);
