import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { commands } from './composition.ts';
import { commandEndpoint } from './http/command-endpoint.ts';
import { cancelOrder } from './routes.ts';

/** `POST /api/v1/orders/{orderId}/cancel`: asks for the cancellation of the order, until the carrier has the parcel. */
export const makeHandler = commandEndpoint(cancelOrder, ({ body, orderId, caller }) => ({
  type: 'RequestCancellation',
  orderId,
  ...body,
  reason: caller.type === 'customer' ? 'customer_request' : 'operator_request',
}));

export const handler: Handler = limited(makeHandler(commands()));
