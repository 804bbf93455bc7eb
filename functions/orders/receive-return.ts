import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { commands } from './composition.ts';
import { commandEndpoint } from './http/command-endpoint.ts';
import { receiveReturn } from './routes.ts';

/** `POST /api/v1/orders/{orderId}/returns/{returnId}/receive`: goods are back, and what was paid for the accepted ones is refunded. */
export const makeHandler = commandEndpoint(receiveReturn, ({ body, orderId, id, pathParameters }) => ({
  type: 'ReceiveReturn',
  orderId,
  returnId: pathParameters.returnId ?? '',
  refundId: id,
  ...(body.accepted || body.rejected
    ? { inspected: { accepted: body.accepted ?? [], rejected: body.rejected ?? [] } }
    : {}),
  ...(body.damaged ? { damaged: body.damaged } : {}),
  ...(body.waivesFee === undefined ? {} : { waivesFee: body.waivesFee }),
}));

export const handler: Handler = limited(makeHandler(commands()));
