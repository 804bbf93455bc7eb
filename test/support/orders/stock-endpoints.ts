/** The endpoints of stock over fakes, for tests. */
import type { APIGatewayProxyResult } from 'aws-lambda';
import type { ApiFunction } from '../../../functions/shared/edge/endpoint.ts';
import { apiEvent, lambdaContext, operator } from '../api/invocations.ts';
import { fixedConfiguration } from '../fakes/fixed-configuration.ts';
import { inMemoryIdempotency } from '../fakes/in-memory-idempotency.ts';
import { InMemoryInventory } from '../fakes/in-memory-inventory.ts';
import { InMemoryOrderLog } from '../fakes/in-memory-order-log.ts';
import { InMemoryStock } from '../fakes/in-memory-stock.ts';
import { START } from './streams.ts';

export const SKU = 'TEAPOT';
export const PATH = `/api/v1/stock/${SKU}`;

export interface SentToStock {
  readonly sku?: string;
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly caller?: Parameters<typeof apiEvent>[0]['caller'];
}

/** A shop without stock. `send` asks an endpoint about the article, as an operator if nothing else is said; a test may put other `deps` in place. */
export function stockEndpoints() {
  const stock = new InMemoryStock(new InMemoryInventory(new InMemoryOrderLog()));
  const configuration = fixedConfiguration();
  const deps = { stock, log: stock.log, idempotency: inMemoryIdempotency(), configuration, now: () => START };
  const send = async (
    make: (deps: never) => ApiFunction,
    { sku = SKU, caller = operator('stock:read', 'stock:write'), ...sent }: SentToStock = {},
  ): Promise<APIGatewayProxyResult> => {
    const event = apiEvent({ path: PATH, pathParameters: { sku }, caller, ...sent });
    return make(deps as never)(event, lambdaContext());
  };
  return { stock, deps, send };
}
