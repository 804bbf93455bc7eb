import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { commands } from './composition.ts';
import { commandEndpoint } from './http/command-endpoint.ts';
import { deliverShipment } from './routes.ts';

/** `POST /api/v1/orders/{orderId}/shipments/{shipmentId}/deliver`: the customer has one parcel. */
export const makeHandler = commandEndpoint(deliverShipment, ({ orderId, pathParameters }) => ({
  type: 'DeliverShipment',
  orderId,
  shipmentId: pathParameters.shipmentId ?? '',
}));

export const handler: Handler = limited(makeHandler(commands()));
