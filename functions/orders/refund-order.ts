import type { Handler } from 'aws-lambda';
import { operatedBy } from '../shared/edge/caller.ts';
import { limited } from '../shared/edge/limited.ts';
import { deployedCommands } from './adapters/deployed-commands.ts';
import { commandEndpoint } from './commands/command-endpoint.ts';
import { refundRequest } from './commands/command-requests.ts';

/** `POST /api/v1/orders/{orderId}/refunds`: gives money back after the capture: all of it, that of some units, or an amount. */
export const makeHandler = commandEndpoint({
  operation: 'refund-order',
  body: refundRequest,
  openTo: (caller) => operatedBy(caller, 'orders:refund'),
  toCommand: ({ body: { comment, ...scope }, orderId, id }) => ({
    type: 'RefundOrder',
    orderId,
    refundId: id,
    scope,
    ...(comment === undefined ? {} : { comment }),
  }),
  names: 'refundId',
});

export const handler: Handler = limited(makeHandler(deployedCommands()));
