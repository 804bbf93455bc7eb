import type { Handler } from 'aws-lambda';
import { v5, v7 } from 'uuid';
import * as z from 'zod';
import { apiHandler, parseBody } from '../shared/edge/api.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { dynamoDbIdempotency, type Idempotency, idempotencyKeyOf } from '../shared/edge/idempotency.ts';
import { limited } from '../shared/edge/limited.ts';
import { IDEMPOTENCY_TABLES } from '../shared/edge/tables.ts';
import { requireCustomer } from '../shared/http/caller.ts';
import { Problem } from '../shared/http/problem.ts';
import { parseOrderId } from '../shared/kernel/ids.ts';
import { commandBusEnvironment, deployedCommandBus } from './adapters/deployed-command-bus.ts';
import { DynamoDbCatalogue } from './adapters/dynamodb-catalogue.ts';
import { DynamoDbPromotions } from './adapters/dynamodb-promotions.ts';
import { reviewEnvironment, reviewOf } from './adapters/review.ts';
import { ORDER_TABLES } from './adapters/tables.ts';
import { type PlaceOrderDeps, placeOrder } from './application/place-order.ts';
import { accepted, requestHashOf } from './http/accepted.ts';
import { orderRequest } from './http/order-request.ts';
import { problemOfRefusal } from './http/problems-of-refusals.ts';

/** Ids of orders placed with an Idempotency-Key are made from the key, in this namespace. */
const KEYED_ORDERS = '0b1f6f0e-54f8-4c5a-9c1b-6b8d6b0e6b7a';

/** `POST /api/v1/orders`: accepts an order; its saga follows. */
export const makeHandler = ({ idempotency, ...deps }: PlaceOrderDeps & { readonly idempotency: Idempotency }) =>
  apiHandler(async (http) => {
    const caller = requireCustomer(http.caller);
    const request = parseBody(orderRequest, http);
    const requestHash = requestHashOf(request);
    if (request.customerId !== caller.id) {
      throw new Problem('forbidden', 'Customers order for themselves: customerId is not theirs.');
    }
    const key = idempotencyKeyOf(http, 'create-order');
    const { answer, replayed } = await idempotency(
      { key, requestHash, lambdaContext: http.lambdaContext },
      async () => {
        const orderId = parseOrderId(key ? v5(key, KEYED_ORDERS) : v7());
        const placed = await placeOrder(deps, {
          caller,
          orderId,
          request,
          requestHash,
          correlationId: http.correlationId,
        });
        if (!placed.ok) throw problemOfRefusal(placed.refusal);
        return { ...placed.value };
      },
    );
    return accepted(answer, replayed);
  });

const environment = readEnvironment(
  z.object({
    [ORDER_TABLES.catalogue.variable]: z.string(),
    [ORDER_TABLES.promotions.variable]: z.string(),
    [IDEMPOTENCY_TABLES.idempotency.variable]: z.string(),
    ...commandBusEnvironment,
    ...reviewEnvironment,
  }),
);
const db = documentClient();
export const handler: Handler = limited(
  makeHandler({
    ...deployedCommandBus(db, environment),
    ...reviewOf(environment),
    catalogue: new DynamoDbCatalogue(db, environment.CATALOGUE_TABLE),
    promotions: new DynamoDbPromotions(db, environment.PROMOTIONS_TABLE),
    idempotency: dynamoDbIdempotency(environment.IDEMPOTENCY_TABLE),
  }),
);
