import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { orderIdOf, orderNotFound } from '../shared/http/order-path.ts';
import { revalidated } from '../shared/http/revalidated.ts';
import { ERASED } from '../shared/kernel/erased.ts';
import { type LoadDeps, loadOrder } from './application/load-order.ts';
import { loading } from './composition.ts';
import { changeWithTime, milestonesOf } from './domain/milestones.ts';
import { viewOf } from './domain/order-view.ts';
import { ordersOpenTo } from './http/caller-orders.ts';
import { getOrder } from './routes.ts';

interface GetOrderDeps extends LoadDeps {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * `GET /api/v1/orders/{orderId}`: the order as its stream holds it at this moment. A client reads its own writes: never 404
 * after a 202, and never less than has happened.
 */
export const makeHandler = ({ now, ...deps }: GetOrderDeps) =>
  endpoint(getOrder, async (http) => {
    const orderId = orderIdOf(http);
    const { order } = await loadOrder(deps, orderId);
    if (order.status === 'none' || !ordersOpenTo(http.caller)(order.customerId)) throw orderNotFound(orderId);
    const milestones = milestonesOf(order, now());
    const answer = { status: 200, headers: { ETag: `"${order.version}"` }, body: { ...viewOf(order), milestones } };
    // A copy with the same version would still have the person that was taken out of the order, or times and milestones of before.
    const mayBeStale = order.customer.name === ERASED || changeWithTime(order, milestones);
    return mayBeStale ? answer : revalidated(answer, http);
  });

export const handler: Handler = limited(makeHandler({ ...loading(), now: Date.now }));
