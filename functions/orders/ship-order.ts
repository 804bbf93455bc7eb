import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { operatedBy } from '../shared/http/caller.ts';
import { deployedCommands } from './composition.ts';
import { commandEndpoint } from './http/command-endpoint.ts';
import { nothing } from './http/command-requests.ts';

/** `POST /api/v1/orders/{orderId}/ship`: the carrier has taken the parcel. */
export const makeHandler = commandEndpoint({
  operation: 'ship-order',
  body: nothing,
  openTo: (caller) => operatedBy(caller, 'orders:fulfil'),
  toCommand: ({ orderId }) => ({ type: 'ShipOrder', orderId }),
});

export const handler: Handler = limited(makeHandler(deployedCommands()));
