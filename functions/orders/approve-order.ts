import type { Handler } from 'aws-lambda';
import { operatedBy } from '../shared/edge/caller.ts';
import { limited } from '../shared/edge/limited.ts';
import { deployedCommands } from './adapters/deployed-commands.ts';
import { commandEndpoint } from './commands/command-endpoint.ts';
import { nothing } from './commands/command-requests.ts';

/** `POST /api/v1/orders/{orderId}/approve`: lets a held order go. */
export const makeHandler = commandEndpoint({
  operation: 'approve-order',
  body: nothing,
  openTo: (caller) => operatedBy(caller, 'orders:approve'),
  toCommand: ({ orderId }) => ({ type: 'ApproveOrder', orderId }),
});

export const handler: Handler = limited(makeHandler(deployedCommands()));
