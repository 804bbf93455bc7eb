import type { Handler } from 'aws-lambda';
import { ordersOpenTo } from '../shared/edge/caller.ts';
import { limited } from '../shared/edge/limited.ts';
import { deployedCommands } from './adapters/deployed-commands.ts';
import { commandEndpoint } from './commands/command-endpoint.ts';
import { addressChange } from './commands/command-requests.ts';

/** `PUT /api/v1/orders/{orderId}/shipping-address`: sends the order elsewhere, until its shipment is arranged. */
export const makeHandler = commandEndpoint({
  operation: 'change-shipping-address',
  body: addressChange,
  openTo: (caller) => ordersOpenTo(caller, 'orders:fulfil'),
  toCommand: ({ body, orderId }) => ({ type: 'ChangeShippingAddress', orderId, ...body }),
});

export const handler: Handler = limited(makeHandler(deployedCommands()));
