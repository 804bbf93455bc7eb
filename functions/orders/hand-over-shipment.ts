import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { commands } from './composition.ts';
import { commandEndpoint } from './http/command-endpoint.ts';
import { handOverShipment } from './routes.ts';

/** `POST /api/v1/orders/{orderId}/shipments/{shipmentId}/hand-over`: the carrier has taken one parcel. */
export const makeHandler = commandEndpoint(handOverShipment, ({ orderId, pathParameters }) => ({
  type: 'HandOverShipment',
  orderId,
  shipmentId: pathParameters.shipmentId ?? '',
}));

export const handler: Handler = limited(makeHandler(commands()));
