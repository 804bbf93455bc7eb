import type { Handler } from 'aws-lambda';
import { operatedBy } from '../shared/edge/caller.ts';
import { limited } from '../shared/edge/limited.ts';
import { deployedCommands } from './adapters/deployed-commands.ts';
import { commandEndpoint } from './commands/command-endpoint.ts';
import { commented } from './commands/command-requests.ts';

/** `POST /api/v1/orders/{orderId}/reject`: turns a held order down. */
export const makeHandler = commandEndpoint({
  operation: 'reject-order',
  body: commented,
  openTo: (caller) => operatedBy(caller, 'orders:approve'),
  toCommand: ({ body, orderId }) => ({ type: 'RejectOrder', orderId, ...body }),
});

export const handler: Handler = limited(makeHandler(deployedCommands()));
