import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { apiHandler } from '../shared/edge/api.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { limited } from '../shared/edge/limited.ts';
import { requireScope } from '../shared/http/caller.ts';
import { Cursors } from '../shared/http/cursor.ts';
import { parseQuery } from '../shared/http/query.ts';
import { DynamoDbOrderViews } from './adapters/dynamodb-order-views.ts';
import { DynamoDbSearchIndex } from './adapters/dynamodb-search-index.ts';
import { ORDER_TABLES } from './adapters/tables.ts';
import { findOrders, type SearchDeps } from './application/find-orders.ts';
import { pageOfOrders } from './http/page-of-orders.ts';
import { isWithin, placeInSearch, searchQuery } from './http/search-request.ts';

/**
 * `GET /api/v1/orders/search`: orders by order id, e-mail address, SKU and name of the customer, for operators. It reads the
 * read model, a second or two behind.
 */
export const makeHandler = (deps: SearchDeps) =>
  apiHandler(async (http) => {
    requireScope(http.caller, 'orders:read');
    const { q: words, limit, cursor } = parseQuery(searchQuery, http);
    const cursors = new Cursors(placeInSearch, { words: words.map(({ text }) => text) }, (place) =>
      isWithin(words, place),
    );
    const page = await findOrders(deps, words, limit, cursors.decode(cursor));
    return pageOfOrders(page, cursors, http);
  });

const environment = readEnvironment(
  z.object({ [ORDER_TABLES.orderSearch.variable]: z.string(), [ORDER_TABLES.orderView.variable]: z.string() }),
);
const db = documentClient();
export const handler: Handler = limited(
  makeHandler({
    index: new DynamoDbSearchIndex(db, environment.ORDER_SEARCH_TABLE),
    views: new DynamoDbOrderViews(db, environment.ORDER_VIEW_TABLE),
  }),
);
