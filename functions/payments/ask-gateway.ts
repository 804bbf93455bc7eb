import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { orderIdOf } from '../shared/http/order-path.ts';
import type { PaymentGateway } from './application/ports.ts';
import { deployedGateway } from './composition.ts';
import { askGateway } from './routes.ts';

/** `GET /api/v1/orders/{orderId}/payment/at-gateway`: asks the gateway what it has of the order; nothing is recorded. */
export const makeHandler = ({ gateway }: { readonly gateway: Pick<PaymentGateway, 'find'> }) =>
  endpoint(askGateway, async (http) => {
    const orderId = orderIdOf(http);
    return { status: 200, body: { orderId, payment: await gateway.find(orderId), links: { self: http.path } } };
  });

export const handler: Handler = limited(makeHandler({ gateway: deployedGateway() }));
