import type { ApiAnswer } from '../../shared/http/answer.ts';
import type { Cursors } from '../../shared/http/cursor.ts';
import type { Page } from '../application/ports.ts';
import type { OrderSummary } from '../domain/order-summary.ts';

/** The answer with a page of orders: each with a link to it, and `next` while there are more. */
export const pageOfOrders = <Item extends OrderSummary, Place>(
  { items, next }: Page<Item, Place>,
  cursors: Cursors<Place>,
  { path }: { readonly path: string },
): ApiAnswer => ({
  status: 200,
  body: {
    items: items.map((item) => ({ ...item, links: { self: `/api/v1/orders/${item.orderId}` } })),
    ...(next ? { next: cursors.encode(next) } : {}),
    links: { self: path },
  },
});
