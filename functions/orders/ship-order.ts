import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { commands } from './composition.ts';
import { commandEndpoint } from './http/command-endpoint.ts';
import { shipOrder } from './routes.ts';

/** `POST /api/v1/orders/{orderId}/ship`: the carrier has taken all parcels. */
export const makeHandler = commandEndpoint(shipOrder, ({ orderId }) => ({ type: 'ShipOrder', orderId }));

export const handler: Handler = limited(makeHandler(commands()));
