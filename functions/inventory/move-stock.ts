import type { Handler } from 'aws-lambda';
import { oncePerKey } from '../shared/edge/command-request.ts';
import { endpoint } from '../shared/edge/endpoint.ts';
import type { Idempotency } from '../shared/edge/idempotency.ts';
import { limited } from '../shared/edge/limited.ts';
import { moveStock as move } from './application/move-stock.ts';
import type { StockDeps } from './application/stock-ports.ts';
import { deployedStock, idempotency } from './composition.ts';
import type { StockMovement } from './domain/stock-events.ts';
import { problemOfMovement } from './http/problems.ts';
import { shownStock, skuOf } from './http/stock-path.ts';
import type { MovementRequest } from './http/stock-requests.ts';
import { moveStock } from './routes.ts';

const EVENT_TYPES = { receipt: 'StockReceived', correction: 'StockCorrected', damage: 'StockDamaged' } as const;

const movementOf = ({ type, ...data }: MovementRequest) => ({ type: EVENT_TYPES[type], data }) as StockMovement;

/** `POST /api/v1/stock/{sku}/movements`: goods have arrived, or a count or damage changed what there is; for operators. */
export const makeHandler = (deps: StockDeps & { readonly idempotency: Idempotency }) =>
  endpoint(moveStock, async (http) => {
    const sku = skuOf(http);
    const { answer, replayed } = await oncePerKey(
      http,
      { target: sku, idempotency: deps.idempotency },
      async (body, { causationId = '', correlationId = http.correlationId, ...origin }) => {
        const moved = await move(deps, sku, movementOf(body), { ...origin, causationId, correlationId });
        if (!moved.ok) throw problemOfMovement(sku, moved.refusal);
        return shownStock(sku, moved.value);
      },
    );
    return { status: 201, headers: replayed ? { 'Idempotency-Replayed': 'true' } : {}, body: answer };
  });

export const handler: Handler = limited(makeHandler({ ...deployedStock(), idempotency: idempotency() }));
