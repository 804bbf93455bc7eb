import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { Cursors } from '../shared/http/cursor.ts';
import { queryOf } from '../shared/http/request.ts';
import type { StockHistoryDeps } from './application/stock-ports.ts';
import { stockLog } from './composition.ts';
import { skuOf } from './http/stock-path.ts';
import { getStockHistory } from './routes.ts';

/** The version of the last event of a page. */
const place = z.int().min(1);

/**
 * `GET /api/v1/stock/{sku}/history`: the events of an article's stock, oldest first, page by page; for operators. What orders reserve and
 * buy is in their own histories.
 */
export const makeHandler = ({ log }: StockHistoryDeps) =>
  endpoint(getStockHistory, async (http) => {
    const sku = skuOf(http);
    const { limit, cursor } = queryOf(http);
    const cursors = new Cursors(place, { sku });
    // One more than wanted tells whether there is another page.
    const events = await log.read(sku, (cursors.decode(cursor) ?? 0) + 1, limit + 1);
    const page = events.slice(0, limit);
    return {
      status: 200,
      body: {
        sku,
        events: page.map(({ version, type, occurredAt, data, actor }) => ({ version, type, occurredAt, data, actor })),
        ...(events.length > limit ? { next: cursors.encode(page.at(-1)!.version) } : {}),
        links: { self: http.path, stock: `/api/v1/stock/${sku}` },
      },
    };
  });

export const handler: Handler = limited(makeHandler({ log: stockLog() }));
