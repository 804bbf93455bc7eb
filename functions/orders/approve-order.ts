import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { commands } from './composition.ts';
import { commandEndpoint } from './http/command-endpoint.ts';
import { approveOrder } from './routes.ts';

/** `POST /api/v1/orders/{orderId}/approve`: approves a held order. */
export const makeHandler = commandEndpoint(approveOrder, ({ orderId }) => ({ type: 'ApproveOrder', orderId }));

export const handler: Handler = limited(makeHandler(commands()));
