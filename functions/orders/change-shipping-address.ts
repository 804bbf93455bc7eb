import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { commands } from './composition.ts';
import { commandEndpoint } from './http/command-endpoint.ts';
import { changeShippingAddress } from './routes.ts';

/** `PUT /api/v1/orders/{orderId}/shipping-address`: changes the shipping address, until the shipment is arranged. */
export const makeHandler = commandEndpoint(changeShippingAddress, ({ body, orderId }) => ({
  type: 'ChangeShippingAddress',
  orderId,
  ...body,
}));

export const handler: Handler = limited(makeHandler(commands()));
