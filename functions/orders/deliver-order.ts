import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { commands } from './composition.ts';
import { commandEndpoint } from './http/command-endpoint.ts';
import { deliverOrder } from './routes.ts';

/** `POST /api/v1/orders/{orderId}/deliver`: the customer has all parcels. */
export const makeHandler = commandEndpoint(deliverOrder, ({ orderId }) => ({ type: 'DeliverOrder', orderId }));

export const handler: Handler = limited(makeHandler(commands()));
