import type { Handler } from 'aws-lambda';
import { v5, v7 } from 'uuid';
import { configurationSource } from '../shared/configuration/deployed.ts';
import type { ConfigurationSource } from '../shared/configuration/port.ts';
import { requestHashOf } from '../shared/edge/command-request.ts';
import { endpoint, workIsFor } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { Problem } from '../shared/http/problem.ts';
import { FORBIDDEN } from '../shared/http/problems.ts';
import { bodyOf, idempotencyKeyOf } from '../shared/http/request.ts';
import { parseOrderId } from '../shared/kernel/ids.ts';
import { type PlaceOrderDeps, placeOrder } from './application/place-order.ts';
import { placing } from './composition.ts';
import type { Countries } from './domain/address/country.ts';
import { promisedTimes } from './domain/promises.ts';
import { accepted } from './http/accepted.ts';
import { deliverableAddress } from './http/deliverable-address.ts';
import { languageOf } from './http/language-of.ts';
import { orderRequest } from './http/order-request.ts';
import { problemOfRefusal } from './http/problems-of-refusals.ts';
import { createOrder } from './routes.ts';

/** Ids of orders placed with an Idempotency-Key are made from the key, in this namespace. */
const KEYED_ORDERS = '0b1f6f0e-54f8-4c5a-9c1b-6b8d6b0e6b7a';

interface CreateOrderDeps extends PlaceOrderDeps {
  readonly countries: () => Countries;
  readonly configuration: ConfigurationSource;
}

/**
 * `POST /api/v1/orders`: accepts an order; the saga starts afterwards. A repeated request has the same order's id, and so finds the order
 * itself: no record of the first answer is kept beside it.
 * See docs/decisions/0126-an-order-is-the-record-of-its-request.md.
 */
export const makeHandler = ({ countries, configuration, ...deps }: CreateOrderDeps) =>
  endpoint(withDeliverableAddress(countries), async (http) => {
    const { caller, correlationId } = http;
    const request = bodyOf(http);
    const requestHash = requestHashOf(request);
    if (request.customerId !== caller.id) {
      throw new Problem(FORBIDDEN, 'Customers order for themselves: customerId is not theirs.');
    }
    const key = idempotencyKeyOf(http);
    const orderId = parseOrderId(key ? v5(key, KEYED_ORDERS) : v7());
    const { promises } = await configuration.current();
    const language = request.language ?? languageOf(http);
    const placed = await placeOrder(deps, {
      ...request,
      language,
      promised: promisedTimes(promises, deps.now()),
      customer: caller,
      orderId,
      requestHash,
      correlationId,
    });
    if (!placed.ok) throw problemOfRefusal(placed.refusal);
    workIsFor(orderId);
    const { repeated, ...answer } = placed.value;
    return accepted(answer, repeated);
  });

const withDeliverableAddress = (countries: () => Countries) => ({
  ...createOrder,
  body: orderRequest.extend({ shippingAddress: deliverableAddress(countries) }),
});

export const handler: Handler = limited(makeHandler({ ...placing(), configuration: configurationSource() }));
