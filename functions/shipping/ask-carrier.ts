import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { orderIdOf } from '../shared/http/order-path.ts';
import type { Carrier } from './application/ports.ts';
import { deployedCarrier } from './composition.ts';
import { askCarrier } from './routes.ts';

/** `GET /api/v1/orders/{orderId}/shipment/at-carrier`: asks the carrier what it has of the order; nothing is recorded. */
export const makeHandler = ({ carrier }: { readonly carrier: Pick<Carrier, 'find'> }) =>
  endpoint(askCarrier, async (http) => {
    const orderId = orderIdOf(http);
    return { status: 200, body: { orderId, shipment: await carrier.find(orderId), links: { self: http.path } } };
  });

export const handler: Handler = limited(makeHandler({ carrier: deployedCarrier() }));
