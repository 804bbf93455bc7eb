import type * as z from 'zod';
import { oncePerKey } from '../../shared/edge/command-request.ts';
import { type ApiFunction, endpoint } from '../../shared/edge/endpoint.ts';
import type { Idempotency } from '../../shared/edge/idempotency.ts';
import type { Callers, Route } from '../../shared/http/route.ts';
import type { Sku } from '../../shared/kernel/ids.ts';
import type { Result } from '../../shared/kernel/result.ts';
import type { StockOrigin, StockRefusal } from '../application/record-stock.ts';
import type { ArticleStock } from '../application/stock-ports.ts';
import { problemOfStock } from './problems.ts';
import { shownStock, skuOf } from './stock-path.ts';

interface StockRoute<Body extends z.ZodType> extends Route<'inventory'> {
  readonly callers: Exclude<Callers, 'anyone'>;
  readonly body: Body;
}

/** An endpoint that changes something about the article of the path. It answers with the stock as it is afterwards. */
export const stockCommandEndpoint = <Said>(
  route: StockRoute<z.ZodType<Said>>,
  {
    status,
    idempotency,
    work,
  }: {
    readonly status: 200 | 201;
    readonly idempotency: Idempotency;
    readonly work: (sku: Sku, said: Said, origin: StockOrigin) => Promise<Result<ArticleStock, StockRefusal>>;
  },
): ApiFunction =>
  endpoint(route, async (http) => {
    const sku = skuOf(http);
    const { answer, replayed } = await oncePerKey(http, { target: sku, idempotency }, async (said, origin) => {
      const { causationId = '', correlationId = http.correlationId, ...rest } = origin;
      const done = await work(sku, said, { ...rest, causationId, correlationId });
      if (!done.ok) throw problemOfStock(sku, done.refusal);
      return shownStock(sku, done.value);
    });
    return { status, headers: replayed ? { 'Idempotency-Replayed': 'true' } : {}, body: answer };
  });
