import type { Handler } from 'aws-lambda';
import { ordersOpenTo } from '../shared/edge/caller.ts';
import { limited } from '../shared/edge/limited.ts';
import { deployedCommands } from './adapters/deployed-commands.ts';
import { commandEndpoint } from './commands/command-endpoint.ts';
import { returnRequest } from './commands/command-requests.ts';

/** `POST /api/v1/orders/{orderId}/returns`: the customer wants to send goods back. */
export const makeHandler = commandEndpoint({
  operation: 'request-return',
  body: returnRequest,
  openTo: (caller) => ordersOpenTo(caller, 'orders:fulfil'),
  toCommand: ({ body, orderId, id }) => ({ type: 'RequestReturn', orderId, returnId: id, ...body }),
  names: 'returnId',
});

export const handler: Handler = limited(makeHandler(deployedCommands()));
