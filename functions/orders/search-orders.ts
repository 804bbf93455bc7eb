import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { Cursors } from '../shared/http/cursor.ts';
import { queryOf } from '../shared/http/request.ts';
import { findOrders, type SearchDeps } from './application/find-orders.ts';
import { orderViews, searchIndex } from './composition.ts';
import { pageOfOrders } from './http/page-of-orders.ts';
import { isWithin, placeInSearch } from './http/search-request.ts';
import { searchOrders } from './routes.ts';

/**
 * `GET /api/v1/orders/search`: orders by order id, e-mail address, SKU and name of the customer, for operators. It reads the
 * read model, a second or two behind.
 */
export const makeHandler = (deps: SearchDeps) =>
  endpoint(searchOrders, async (http) => {
    const { q: words, limit, cursor } = queryOf(http);
    const cursors = new Cursors(placeInSearch, { words: words.map(({ text }) => text) }, (place) =>
      isWithin(words, place),
    );
    const page = await findOrders(deps, words, limit, cursors.decode(cursor));
    return pageOfOrders(page, cursors, http);
  });

export const handler: Handler = limited(makeHandler({ index: searchIndex(), views: orderViews() }));
