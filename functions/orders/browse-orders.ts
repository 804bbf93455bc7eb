import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { Cursors } from '../shared/http/cursor.ts';
import { queryOf } from '../shared/http/request.ts';
import { type BrowseDeps, browseOrders as browse } from './application/browse-orders.ts';
import { orderLists, orderViews } from './composition.ts';
import { isWithinTimes, placeInList } from './http/list-request.ts';
import { pageOfOrders } from './http/page-of-orders.ts';
import { browseOrders } from './routes.ts';

/** `GET /api/v1/orders`: all orders, newest first, by what they are, for operators. It reads the read model, a second or two behind. */
export const makeHandler = (deps: BrowseDeps) =>
  endpoint(browseOrders, async (http) => {
    const { limit, cursor, from, to, ...filter } = queryOf(http);
    const times = { from, to };
    const cursors = new Cursors(placeInList, { ...filter, ...times }, (place) => isWithinTimes(place, times));
    return pageOfOrders(await browse(deps, filter, times, limit, cursors.decode(cursor)), cursors, http);
  });

export const handler: Handler = limited(makeHandler({ lists: orderLists(), views: orderViews() }));
