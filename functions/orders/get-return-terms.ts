import type { Handler } from 'aws-lambda';
import { configurationSource } from '../shared/configuration/deployed.ts';
import type { ConfigurationSource } from '../shared/configuration/port.ts';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { orderIdOf, orderNotFound } from '../shared/http/order-path.ts';
import { type LoadDeps, loadOrder } from './application/load-order.ts';
import { loading } from './composition.ts';
import { returnTerms } from './domain/return-terms.ts';
import { ordersOpenTo } from './http/caller-orders.ts';
import { termsAnswer } from './http/return-terms-answer.ts';
import { windowOf } from './http/return-window.ts';
import { getReturnTerms } from './routes.ts';

interface Deps extends LoadDeps {
  readonly configuration: ConfigurationSource;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * `GET /api/v1/orders/{orderId}/return-terms`: what a return would give back if it were requested and received now. The shop's window binds customers, as
 * it does when they request one.
 */
export const makeHandler = ({ configuration, now, ...deps }: Deps) =>
  endpoint(getReturnTerms, async (http) => {
    const orderId = orderIdOf(http);
    const [{ order }, { returns: policy }] = await Promise.all([loadOrder(deps, orderId), configuration.current()]);
    if (order.status === 'none' || !ordersOpenTo(http.caller)(order.customerId)) throw orderNotFound(orderId);
    const window = http.caller.type === 'customer' ? windowOf(policy.windowDays, now()) : undefined;
    const terms = returnTerms(order, policy.restockingFeeBasisPoints, window);
    return { status: 200, body: termsAnswer(order, terms, policy, http.path) };
  });

export const handler: Handler = limited(
  makeHandler({ ...loading(), configuration: configurationSource(), now: Date.now }),
);
