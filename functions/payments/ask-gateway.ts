import type { Handler } from 'aws-lambda';
import type { OrderLog } from '../published/order-log.ts';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { orderIdOf, orderNotFound } from '../shared/http/order-path.ts';
import { orderSoFar } from '../shared/saga-step/order-so-far.ts';
import { gatewayOf } from './application/gateway-of.ts';
import type { PaymentGateways } from './application/ports.ts';
import { deployedPayments } from './composition.ts';
import { askGateway } from './routes.ts';

interface AskDeps {
  readonly log: Pick<OrderLog, 'read'>;
  readonly gateways: PaymentGateways;
}

/** `GET /api/v1/orders/{orderId}/payment/at-gateway`: asks the channel of the order's payment what it has of it; nothing is recorded. */
export const makeHandler = ({ log, gateways }: AskDeps) =>
  endpoint(askGateway, async (http) => {
    const orderId = orderIdOf(http);
    const stream = await log.read(orderId);
    if (stream.length === 0) throw orderNotFound(orderId);
    const payment = await gatewayOf(gateways, orderSoFar(orderId, stream)).find(orderId);
    return { status: 200, body: { orderId, payment, links: { self: http.path } } };
  });

export const handler: Handler = limited(makeHandler(deployedPayments()));
