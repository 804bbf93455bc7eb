import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { commands } from './composition.ts';
import { commandEndpoint } from './http/command-endpoint.ts';
import { requestReturn } from './routes.ts';

/** `POST /api/v1/orders/{orderId}/returns`: the customer announces that goods come back. */
export const makeHandler = commandEndpoint(requestReturn, ({ body, orderId, id }) => ({
  type: 'RequestReturn',
  orderId,
  returnId: id,
  ...body,
}));

export const handler: Handler = limited(makeHandler(commands()));
