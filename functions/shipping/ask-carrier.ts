import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { orderIdOf } from '../shared/http/order-path.ts';
import { shipmentIdOf } from '../shared/kernel/shipment-id.ts';
import type { Carrier } from './application/ports.ts';
import { deployedCarrier } from './composition.ts';
import type { Shipment } from './domain/shipment.ts';
import { askCarrier } from './routes.ts';

/** `GET /api/v1/orders/{orderId}/shipment/at-carrier`: asks the carrier what it has of the order's first shipment; nothing is recorded. */
export const makeHandler = ({ carrier }: { readonly carrier: Pick<Carrier, 'find'> }) =>
  endpoint(askCarrier, async (http) => {
    const orderId = orderIdOf(http);
    const shipment = await carrier.find(shipmentIdOf(orderId, 1));
    return { status: 200, body: { orderId, shipment: shown(shipment), links: { self: http.path } } };
  });

/** The answer has the name that bookings had before there were several shipments. */
const shown = (shipment: Shipment): object => {
  if (!('bookingId' in shipment)) return shipment;
  const { bookingId, ...others } = shipment;
  return { ...others, shipmentId: bookingId };
};

export const handler: Handler = limited(makeHandler({ carrier: deployedCarrier() }));
