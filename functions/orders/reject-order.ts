import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { operatedBy } from '../shared/http/caller.ts';
import { deployedCommands } from './composition.ts';
import { commandEndpoint } from './http/command-endpoint.ts';
import { commented } from './http/command-requests.ts';

/** `POST /api/v1/orders/{orderId}/reject`: turns a held order down. */
export const makeHandler = commandEndpoint({
  operation: 'reject-order',
  body: commented,
  openTo: (caller) => operatedBy(caller, 'orders:approve'),
  toCommand: ({ body, orderId }) => ({ type: 'RejectOrder', orderId, ...body }),
});

export const handler: Handler = limited(makeHandler(deployedCommands()));
