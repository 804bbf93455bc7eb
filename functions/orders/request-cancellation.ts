import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { ordersOpenTo } from '../shared/http/caller.ts';
import { deployedCommands } from './composition.ts';
import { commandEndpoint } from './http/command-endpoint.ts';
import { commented } from './http/command-requests.ts';

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
