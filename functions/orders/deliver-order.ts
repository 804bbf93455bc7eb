import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { operatedBy } from '../shared/http/caller.ts';
import { deployedCommands } from './composition.ts';
import { commandEndpoint } from './http/command-endpoint.ts';
import { nothing } from './http/command-requests.ts';

/** `POST /api/v1/orders/{orderId}/deliver`: the customer has the parcel. */
export const makeHandler = commandEndpoint({
  operation: 'deliver-order',
  body: nothing,
  openTo: (caller) => operatedBy(caller, 'orders:fulfil'),
  toCommand: ({ orderId }) => ({ type: 'DeliverOrder', orderId }),
});

export const handler: Handler = limited(makeHandler(deployedCommands()));
