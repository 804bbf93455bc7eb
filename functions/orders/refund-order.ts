import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { commands } from './composition.ts';
import { commandEndpoint } from './http/command-endpoint.ts';
import { refundOrder } from './routes.ts';

/** `POST /api/v1/orders/{orderId}/refunds`: refunds all of the payment, the price of some units, or an amount. */
export const makeHandler = commandEndpoint(refundOrder, ({ body: { comment, ...scope }, orderId, id }) => ({
  type: 'RefundOrder',
  orderId,
  refundId: id,
  scope,
  ...(comment === undefined ? {} : { comment }),
}));

export const handler: Handler = limited(makeHandler(commands()));
