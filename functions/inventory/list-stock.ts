import type { Handler } from 'aws-lambda';
import { configurationSource } from '../shared/configuration/deployed.ts';
import type { ConfigurationSource } from '../shared/configuration/port.ts';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { Cursors } from '../shared/http/cursor.ts';
import { queryOf } from '../shared/http/request.ts';
import { sku } from '../shared/http/sku.ts';
import type { Stock, WatchedArticles } from './application/stock-ports.ts';
import { storedStock, watchedArticles } from './composition.ts';
import { shownStock } from './http/stock-path.ts';
import { listStock } from './routes.ts';

interface ListDeps {
  readonly stock: Pick<Stock, 'find'>;
  readonly watched: WatchedArticles;
  readonly configuration: ConfigurationSource;
}

/** `GET /api/v1/stock?low=true`: the articles of which people were told that few units are left, by SKU; for operators. */
export const makeHandler = ({ stock, watched, configuration }: ListDeps) =>
  endpoint(listStock, async (http) => {
    const { limit, cursor, ...query } = queryOf(http);
    const cursors = new Cursors(sku, query);
    // One more than wanted tells whether there is another page.
    const found = await watched.page('low', limit + 1, cursors.decode(cursor));
    const page = found.slice(0, limit);
    const { inventory } = await configuration.current();
    const items = await Promise.all(
      page.map(async (article) => ({ ...article, stock: await stock.find(article.sku) })),
    );
    return {
      status: 200,
      body: {
        items: items.flatMap((item) => (item.stock ? [shownStock(item.sku, item.stock, inventory)] : [])),
        ...(found.length > limit ? { next: cursors.encode(page.at(-1)!.sku) } : {}),
        links: { self: http.path },
      },
    };
  });

export const handler: Handler = limited(
  makeHandler({ stock: storedStock(), watched: watchedArticles(), configuration: configurationSource() }),
);
