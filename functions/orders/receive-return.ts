import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { commands } from './composition.ts';
import { commandEndpoint } from './http/command-endpoint.ts';
import { receiveReturn } from './routes.ts';

/** `POST /api/v1/orders/{orderId}/returns/{returnId}/receive`: the goods are back, and what was paid for them is refunded. */
export const makeHandler = commandEndpoint(receiveReturn, ({ orderId, id, pathParameters }) => ({
  type: 'ReceiveReturn',
  orderId,
  returnId: pathParameters.returnId ?? '',
  refundId: id,
}));

export const handler: Handler = limited(makeHandler(commands()));
