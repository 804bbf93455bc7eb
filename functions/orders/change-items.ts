import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import type { OrderId } from '../shared/kernel/ids.ts';
import { type LoadDeps, loadOrder } from './application/load-order.ts';
import { type PricingDeps, priceItems } from './application/price-items.ts';
import { commands, pricing } from './composition.ts';
import { ordersOpenTo } from './http/caller-orders.ts';
import { type CommandEndpointDeps, commandEndpoint } from './http/command-endpoint.ts';
import { problemOfRefusal } from './http/problems-of-refusals.ts';
import { changeItems } from './routes.ts';

interface Deps extends CommandEndpointDeps, PricingDeps {
  readonly reviewFrom?: number;
}

/** `PUT /api/v1/orders/{orderId}/items`: other items, priced again, until the shipment is arranged. */
export const makeHandler = commandEndpoint<typeof changeItems.body, Deps>(
  changeItems,
  async ({ body: { items, discountCodes }, orderId, id, caller }, deps) => {
    const priced = await priceItems(deps, {
      items,
      discountCodes: discountCodes ?? (await codesOf(deps, orderId, ordersOpenTo(caller))),
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
);

/** The order's own codes; none of an order that is not open to the caller: a refused price would reveal them. */
async function codesOf(deps: LoadDeps, orderId: OrderId, isOpen: (owner: string) => boolean): Promise<string[]> {
  const { order } = await loadOrder(deps, orderId);
  return order.status === 'none' || !isOpen(order.customerId) ? [] : order.discounts.map(({ code }) => code);
}

export const handler: Handler = limited(makeHandler({ ...commands(), ...pricing() }));
