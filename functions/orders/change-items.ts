import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { limited } from '../shared/edge/limited.ts';
import { type Caller, ordersOpenTo } from '../shared/http/caller.ts';
import type { CustomerId, OrderId } from '../shared/kernel/ids.ts';
import { DynamoDbCatalogue } from './adapters/dynamodb-catalogue.ts';
import { DynamoDbPromotions } from './adapters/dynamodb-promotions.ts';
import { reviewEnvironment, reviewOf } from './adapters/review.ts';
import { ORDER_TABLES } from './adapters/tables.ts';
import { loadOrder } from './application/load-order.ts';
import { type PricingDeps, priceItems } from './application/price-items.ts';
import { commandsEnvironment, deployedCommands } from './composition.ts';
import { type CommandEndpointDeps, commandEndpoint } from './http/command-endpoint.ts';
import { itemsChange } from './http/command-requests.ts';
import { problemOfRefusal } from './http/problems-of-refusals.ts';

interface Deps extends CommandEndpointDeps, PricingDeps {
  readonly reviewFrom?: number;
}

const whoMayChange = (caller: Caller) => ordersOpenTo(caller, 'orders:fulfil');

/** `PUT /api/v1/orders/{orderId}/items`: other items, priced anew, until the shipment is arranged. */
export const makeHandler = commandEndpoint<typeof itemsChange, Deps>({
  operation: 'change-items',
  body: itemsChange,
  openTo: whoMayChange,
  toCommand: async ({ body: { items, discountCodes }, orderId, id, caller }, deps) => {
    const priced = await priceItems(deps, {
      items,
      discountCodes: discountCodes ?? (await codesOf(deps, orderId, whoMayChange(caller))),
    });
    if (!priced.ok) throw problemOfRefusal(priced.refusal);
    const { reviewFrom } = deps;
    return {
      type: 'ChangeItems',
      orderId,
      changeId: id,
      ...priced.value,
      ...(reviewFrom === undefined ? {} : { reviewFrom }),
    };
  },
  names: 'changeId',
});

/** The order's own codes; of an order that is not open to the caller, none: a refused price would tell them. */
async function codesOf(deps: Deps, orderId: OrderId, isOpen: (owner: CustomerId) => boolean): Promise<string[]> {
  const { order } = await loadOrder(deps, orderId);
  return order.status === 'none' || !isOpen(order.customerId) ? [] : order.discounts.map(({ code }) => code);
}

const environment = readEnvironment(
  z.object({
    ...commandsEnvironment,
    ...reviewEnvironment,
    [ORDER_TABLES.catalogue.variable]: z.string(),
    [ORDER_TABLES.promotions.variable]: z.string(),
  }),
);
const db = documentClient();
export const handler: Handler = limited(
  makeHandler({
    ...deployedCommands(environment, db),
    catalogue: new DynamoDbCatalogue(db, environment.CATALOGUE_TABLE),
    promotions: new DynamoDbPromotions(db, environment.PROMOTIONS_TABLE),
    ...reviewOf(environment),
  }),
);
