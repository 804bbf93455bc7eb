import type { RecordedOrderEvent } from '../../published/order-events.ts';
import type { PaymentGateway, PaymentGateways } from './ports.ts';

/**
 * The channel of an order's method of payment.
 * @param created the first event of the order's stream
 * @throws Error when the order was placed with a method that the platform no longer offers
 */
export function gatewayOf(gateways: PaymentGateways, created: RecordedOrderEvent | undefined): PaymentGateway {
  if (created?.type !== 'OrderCreated') throw new Error('The stream does not begin with OrderCreated.');
  const { type } = created.data.paymentMethod;
  const gateway = gateways[type];
  if (gateway) return gateway;
  throw new Error(`Order ${created.orderId} is paid by ${type}; offered are ${Object.keys(gateways).join(', ')}.`);
}
