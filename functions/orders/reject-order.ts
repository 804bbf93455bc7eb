import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { commands } from './composition.ts';
import { commandEndpoint } from './http/command-endpoint.ts';
import { rejectOrder } from './routes.ts';

/** `POST /api/v1/orders/{orderId}/reject`: rejects a held order. */
export const makeHandler = commandEndpoint(rejectOrder, ({ body, orderId }) => ({
  type: 'RejectOrder',
  orderId,
  ...body,
}));

export const handler: Handler = limited(makeHandler(commands()));
