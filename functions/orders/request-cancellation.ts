import type { Handler } from 'aws-lambda';
import { ordersOpenTo } from '../shared/edge/caller.ts';
import { limited } from '../shared/edge/limited.ts';
import { deployedCommands } from './adapters/deployed-commands.ts';
import { commandEndpoint } from './commands/command-endpoint.ts';
import { commented } from './commands/command-requests.ts';

/** `POST /api/v1/orders/{orderId}/cancel`: asks that the order be undone, at any point before it is with the carrier. */
export const makeHandler = commandEndpoint({
  operation: 'cancel-order',
  body: commented,
  openTo: (caller) => ordersOpenTo(caller, 'orders:refund'),
  toCommand: ({ body, orderId, caller }) => ({
    type: 'RequestCancellation',
    orderId,
    ...body,
    reason: caller.type === 'customer' ? 'customer_request' : 'operator_request',
  }),
});

export const handler: Handler = limited(makeHandler(deployedCommands()));
