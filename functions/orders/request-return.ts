import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { ordersOpenTo } from '../shared/http/caller.ts';
import { deployedCommands } from './composition.ts';
import { commandEndpoint } from './http/command-endpoint.ts';
import { returnRequest } from './http/command-requests.ts';

/** `POST /api/v1/orders/{orderId}/returns`: the customer wants to send goods back. */
export const makeHandler = commandEndpoint({
  operation: 'request-return',
  body: returnRequest,
  openTo: (caller) => ordersOpenTo(caller, 'orders:fulfil'),
  toCommand: ({ body, orderId, id }) => ({ type: 'RequestReturn', orderId, returnId: id, ...body }),
  names: 'returnId',
});

export const handler: Handler = limited(makeHandler(deployedCommands()));
