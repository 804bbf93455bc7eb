import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { revalidated } from '../shared/http/revalidated.ts';
import type { OrderLists } from './application/ports.ts';
import { orderLists } from './composition.ts';
import { countsShown } from './http/counts-of-orders.ts';
import { countOrders } from './routes.ts';

/** `GET /api/v1/orders/counts`: how many orders are on each list, for operators; a second or two behind. */
export const makeHandler = ({ lists }: { readonly lists: Pick<OrderLists, 'counts'> }) =>
  endpoint(countOrders, async (http) =>
    revalidated({ status: 200, body: { ...countsShown(await lists.counts()), links: { self: http.path } } }, http),
  );

export const handler: Handler = limited(makeHandler({ lists: orderLists() }));
