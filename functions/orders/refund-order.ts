import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { operatedBy } from '../shared/http/caller.ts';
import { deployedCommands } from './composition.ts';
import { commandEndpoint } from './http/command-endpoint.ts';
import { refundRequest } from './http/command-requests.ts';

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
