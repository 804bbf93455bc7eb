import type { Handler } from 'aws-lambda';
import type { OrderLog } from '../published/order-log.ts';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { Cursors } from '../shared/http/cursor.ts';
import { orderIdOf, orderNotFound } from '../shared/http/order-path.ts';
import { queryOf } from '../shared/http/request.ts';
import { revalidated } from '../shared/http/revalidated.ts';
import { orderLog } from './composition.ts';
import { publish } from './domain/published.ts';
import { ordersOpenTo } from './http/caller-orders.ts';
import { placeInHistory } from './http/history-request.ts';
import { getOrderHistory } from './routes.ts';

/**
 * `GET /api/v1/orders/{orderId}/history`: the events of the order, oldest first, without personal data, page by page. Events
 * that are recorded while a client reads pages are on the last page.
 */
export const makeHandler = ({ log }: { readonly log: Pick<OrderLog, 'read'> }) =>
  endpoint(getOrderHistory, async (http) => {
    const orderId = orderIdOf(http);
    const { limit, cursor } = queryOf(http);
    // One more than wanted tells whether there is another page; a later page reads the first event only to know whose order it is.
    const beginning = await log.read(orderId, 1, cursor === undefined ? limit + 1 : 1);
    const [first] = beginning;
    const isOpen = first?.type === 'OrderCreated' && ordersOpenTo(http.caller)(first.data.customerId);
    if (!isOpen) throw orderNotFound(orderId);
    const cursors = new Cursors(placeInHistory, { orderId });
    const after = cursors.decode(cursor);
    const events = after === undefined ? beginning : await log.read(orderId, after + 1, limit + 1);
    const page = events.slice(0, limit);
    const body = {
      orderId,
      events: page.map(publish),
      ...(events.length > limit ? { next: cursors.encode(page.at(-1)!.version) } : {}),
      links: { self: http.path },
    };
    return revalidated({ status: 200, body }, http);
  });

export const handler: Handler = limited(makeHandler({ log: orderLog() }));
