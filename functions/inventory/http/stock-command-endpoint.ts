import type * as z from 'zod';
import type { Configuration } from '../../shared/configuration/document.ts';
import type { ConfigurationSource } from '../../shared/configuration/port.ts';
import { oncePerKey } from '../../shared/edge/command-request.ts';
import { type ApiFunction, endpoint } from '../../shared/edge/endpoint.ts';
import type { Idempotency } from '../../shared/edge/idempotency.ts';
import type { Callers, Route } from '../../shared/http/route.ts';
import type { Sku } from '../../shared/kernel/ids.ts';
import type { LocationId } from '../../shared/kernel/location.ts';
import type { Result } from '../../shared/kernel/result.ts';
import type { StockOrigin, StockRefusal } from '../application/record-stock.ts';
import type { ArticleStock } from '../domain/article-stock.ts';
import { problemOfStock } from './problems.ts';
import { shownStock, skuOf } from './stock-path.ts';

type InventorySettings = Configuration['inventory'];

interface StockRoute<Body extends z.ZodType> extends Route<'inventory'> {
  readonly callers: Exclude<Callers, 'anyone'>;
  readonly body: Body;
}

/** A body that may name locations. */
interface Located {
  readonly location?: LocationId;
  readonly from?: LocationId;
  readonly to?: LocationId;
}

export interface StockCommandDeps {
  readonly idempotency: Idempotency;
  readonly configuration: ConfigurationSource;
}

/** An endpoint that changes something about the article of the path, at locations that the shop has. It answers with the stock as it is afterwards. */
export const stockCommandEndpoint = <Said extends Located>(
  route: StockRoute<z.ZodType<Said>>,
  { idempotency, configuration }: StockCommandDeps,
  {
    status,
    work,
  }: {
    readonly status: 200 | 201;
    readonly work: (
      sku: Sku,
      said: Said,
      origin: StockOrigin,
      settings: InventorySettings,
    ) => Promise<Result<ArticleStock, StockRefusal>>;
  },
): ApiFunction =>
  endpoint(route, async (http) => {
    const sku = skuOf(http);
    const { answer, replayed } = await oncePerKey(http, { target: sku, idempotency }, async (said, origin) => {
      const { inventory } = await configuration.current();
      const { causationId = '', correlationId = http.correlationId, ...rest } = origin;
      const refusal = unknownLocation(said, inventory);
      if (refusal) throw problemOfStock(sku, refusal);
      const done = await work(sku, said, { ...rest, causationId, correlationId }, inventory);
      if (!done.ok) throw problemOfStock(sku, done.refusal);
      return shownStock(sku, done.value, inventory);
    });
    return { status, headers: replayed ? { 'Idempotency-Replayed': 'true' } : {}, body: answer };
  });

function unknownLocation({ location, from, to }: Located, { locations }: InventorySettings): StockRefusal | undefined {
  const known = Object.keys(locations) as LocationId[];
  const unknown = [location, from, to].find((id) => id !== undefined && !known.includes(id));
  return unknown && { kind: 'no-location', location: unknown, known };
}
