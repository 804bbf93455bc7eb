import type { Handler } from 'aws-lambda';
import { operatedBy } from '../shared/edge/caller.ts';
import { limited } from '../shared/edge/limited.ts';
import { deployedCommands } from './adapters/deployed-commands.ts';
import { commandEndpoint } from './commands/command-endpoint.ts';
import { nothing } from './commands/command-requests.ts';

/** `POST /api/v1/orders/{orderId}/returns/{returnId}/receive`: the goods are back; what was paid for them is refunded. */
export const makeHandler = commandEndpoint({
  operation: 'receive-return',
  body: nothing,
  openTo: (caller) => operatedBy(caller, 'orders:refund'),
  toCommand: ({ orderId, id, pathParameters }) => ({
    type: 'ReceiveReturn',
    orderId,
    returnId: pathParameters.returnId ?? '',
    refundId: id,
  }),
});

export const handler: Handler = limited(makeHandler(deployedCommands()));
