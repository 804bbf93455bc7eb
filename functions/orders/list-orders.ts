import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { Cursors } from '../shared/http/cursor.ts';
import { customerIdOf } from '../shared/http/customer-path.ts';
import { queryOf } from '../shared/http/request.ts';
import type { CustomerOrders } from './application/ports.ts';
import { customerOrders } from './composition.ts';
import { ordersOpenTo } from './http/caller-orders.ts';
import { isWithinTimes, placeInList } from './http/list-request.ts';
import { pageOfOrders } from './http/page-of-orders.ts';
import { listOrders } from './routes.ts';

/**
 * `GET /api/v1/orders/customer/{customerId}`: a customer's orders, newest first, for the customer and for operators. It reads
 * the read model: an order is listed a second or two after it was placed, while `GET /api/v1/orders/{orderId}` has it at once.
 */
export const makeHandler = ({ orders }: { readonly orders: CustomerOrders }) =>
  endpoint(listOrders, async (http) => {
    const customerId = customerIdOf(http, ordersOpenTo(http.caller));
    const { limit, cursor, ...filter } = queryOf(http);
    const query = { customerId, ...filter };
    const cursors = new Cursors(placeInList, query, (place) => isWithinTimes(place, query));
    const page = await orders.page(query, limit, cursors.decode(cursor));
    return pageOfOrders(page, cursors, http);
  });

export const handler: Handler = limited(makeHandler({ orders: customerOrders() }));
