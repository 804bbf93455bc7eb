import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { orderIdOf, orderNotFound } from '../shared/http/order-path.ts';
import { revalidated } from '../shared/http/revalidated.ts';
import { ERASED } from '../shared/kernel/erased.ts';
import { type LoadDeps, loadOrder } from './application/load-order.ts';
import { loading } from './composition.ts';
import { viewOf } from './domain/order-view.ts';
import { ordersOpenTo } from './http/caller-orders.ts';
import { getOrder } from './routes.ts';

/**
 * `GET /api/v1/orders/{orderId}`: the order as its stream holds it at this moment. A client reads its own writes: never 404
 * after a 202, and never less than has happened.
 */
export const makeHandler = (deps: LoadDeps) =>
  endpoint(getOrder, async (http) => {
    const orderId = orderIdOf(http);
    const { order } = await loadOrder(deps, orderId);
    if (order.status === 'none' || !ordersOpenTo(http.caller)(order.customerId)) throw orderNotFound(orderId);
    const answer = { status: 200, headers: { ETag: `"${order.version}"` }, body: viewOf(order) };
    // The person is taken out of an order without a new version: a copy of before would still have them.
    return order.customer.name === ERASED ? answer : revalidated(answer, http);
  });

export const handler: Handler = limited(makeHandler(loading()));
