import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { operatedBy } from '../shared/http/caller.ts';
import { deployedCommands } from './composition.ts';
import { commandEndpoint } from './http/command-endpoint.ts';
import { nothing } from './http/command-requests.ts';

/** `POST /api/v1/orders/{orderId}/approve`: lets a held order go. */
export const makeHandler = commandEndpoint({
  operation: 'approve-order',
  body: nothing,
  openTo: (caller) => operatedBy(caller, 'orders:approve'),
  toCommand: ({ orderId }) => ({ type: 'ApproveOrder', orderId }),
});

export const handler: Handler = limited(makeHandler(deployedCommands()));
