import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { priceChange } from './application/price-change.ts';
import type { PricingDeps } from './application/price-items.ts';
import { commands, pricing } from './composition.ts';
import type { ReviewFrom } from './domain/review-limits.ts';
import { type CommandEndpointDeps, commandEndpoint } from './http/command-endpoint.ts';
import { problemOfRefusal } from './http/problems-of-refusals.ts';
import { changeItems } from './routes.ts';

interface Deps extends CommandEndpointDeps, PricingDeps {
  readonly reviewFrom?: ReviewFrom;
}

/** `PUT /api/v1/orders/{orderId}/items`: other items, priced again, until the shipment is arranged. */
export const makeHandler = commandEndpoint<typeof changeItems.body, Deps>(
  changeItems,
  ({ body, orderId, id }, deps) => ({
    type: 'ChangeItems',
    orderId,
    prepare: async (order) => {
      const priced = await priceChange(deps, order, body);
      if (!priced.ok) throw problemOfRefusal(priced.refusal);
      const reviewFrom = deps.reviewFrom?.(priced.value.total.currency);
      return {
        type: 'ChangeItems',
        orderId,
        changeId: id,
        ...priced.value,
        ...(reviewFrom === undefined ? {} : { reviewFrom }),
      };
    },
  }),
);

export const handler: Handler = limited(makeHandler({ ...commands(), ...pricing() }));
