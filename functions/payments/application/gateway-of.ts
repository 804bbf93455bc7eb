import type { OrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import type { RefundSoFar } from '../domain/refund-so-far.ts';
import type { PaymentGateway, PaymentGateways, PaymentOnRecord } from './ports.ts';

/** A refund that is to be made. */
type Asked = Pick<RefundSoFar, 'refundId' | 'request'>;
type OrderWithPayment = Pick<OrderSoFar, 'created' | 'authorisation' | 'paymentId'>;

/**
 * The channel of an order's method of payment, which knows what is on record of the order.
 * @param refund what is on record of the refund that is to be made
 * @throws Error when the order was placed with a method that the platform no longer offers
 */
export function gatewayOf(gateways: PaymentGateways, order: OrderWithPayment, refund?: Asked): PaymentGateway {
  const { created } = order;
  const { type } = created.data.paymentMethod;
  const channel = gateways[type];
  if (channel) return typeof channel === 'function' ? channel(onRecord(order, refund)) : channel;
  throw new Error(`Order ${created.orderId} is paid by ${type}; offered are ${Object.keys(gateways).join(', ')}.`);
}

function onRecord({ created, authorisation, paymentId }: OrderWithPayment, refund?: Asked): PaymentOnRecord {
  const { orderId, occurredAt, data } = created;
  return {
    orderId,
    method: data.paymentMethod,
    firstTotal: data.total,
    placedAt: Date.parse(occurredAt),
    attempt: authorisation?.attempt ?? 1,
    ...(paymentId !== undefined && { paymentId }),
    ...(refund && {
      refund: {
        refundId: refund.refundId,
        askedAt: Date.parse(refund.request.occurredAt),
      },
    }),
  };
}
