import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { commands } from './composition.ts';
import { commandEndpoint } from './http/command-endpoint.ts';
import { withdrawReturn } from './routes.ts';

/** `POST /api/v1/orders/{orderId}/returns/{returnId}/withdraw`: the customer keeps what was not decided yet. */
export const makeHandler = commandEndpoint(withdrawReturn, ({ body, orderId, pathParameters }) => ({
  type: 'WithdrawReturn',
  orderId,
  returnId: pathParameters.returnId ?? '',
  ...body,
}));

export const handler: Handler = limited(makeHandler(commands()));
