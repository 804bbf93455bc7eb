import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { operatedBy } from '../shared/http/caller.ts';
import { deployedCommands } from './composition.ts';
import { commandEndpoint } from './http/command-endpoint.ts';
import { nothing } from './http/command-requests.ts';

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
