import type { ApiAnswer } from '../../shared/http/answer.ts';
import type { Cursors } from '../../shared/http/cursor.ts';
import type { ApiRequest } from '../../shared/http/request.ts';
import { revalidated } from '../../shared/http/revalidated.ts';
import type { Page } from '../application/ports.ts';
import type { OrderSummary } from '../domain/order-summary.ts';

/** The answer with a page of orders, each with a link to it, and `next` while there are more; 304 to a client that has it. */
export function pageOfOrders<Item extends OrderSummary, Place>(
  { items, next }: Page<Item, Place>,
  cursors: Cursors<Place>,
  http: Pick<ApiRequest, 'path' | 'headers'>,
): ApiAnswer {
  const body = {
    items: items.map((item) => ({ ...item, links: { self: `/api/v1/orders/${item.orderId}` } })),
    ...(next ? { next: cursors.encode(next) } : {}),
    links: { self: http.path },
  };
  return revalidated({ status: 200, body }, http);
}
