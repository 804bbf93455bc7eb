import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { ordersOpenTo } from '../shared/http/caller.ts';
import { deployedCommands } from './composition.ts';
import { commandEndpoint } from './http/command-endpoint.ts';
import { addressChange } from './http/command-requests.ts';

/** `PUT /api/v1/orders/{orderId}/shipping-address`: sends the order elsewhere, until its shipment is arranged. */
export const makeHandler = commandEndpoint({
  operation: 'change-shipping-address',
  body: addressChange,
  openTo: (caller) => ordersOpenTo(caller, 'orders:fulfil'),
  toCommand: ({ body, orderId }) => ({ type: 'ChangeShippingAddress', orderId, ...body }),
});

export const handler: Handler = limited(makeHandler(deployedCommands()));
