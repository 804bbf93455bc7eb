/** What customers are told about their orders, by the event that they are told of. */
import type { Event } from '../../shared/kernel/events.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { CancellationReason } from './event-data.ts';
import type { OrderCancelled, OrderConfirmed } from './events.ts';

/**
 * A message in no language: clients show `template` in the customer's language, with `values` filled in, and `text` when
 * they cannot. A message holds no personal data: the inbox knows whose it is.
 */
export interface OrderMessage {
  readonly template: 'order-confirmed' | `order-cancelled/${CancellationReason}`;
  readonly values: {
    readonly orderId: OrderId;
    /** Cancelled, but money that was taken or held is not back yet: the platform or an operator sees to it. */
    readonly refundDelayed?: true;
  };
  readonly text: string;
}

type Message<E extends Event> = (orderId: OrderId, data: E['data']) => OrderMessage;

const BECAUSE: Readonly<Record<CancellationReason, string>> = {
  customer_request: 'you asked for it',
  operator_request: 'the shop had to',
  rejected: 'it was not approved',
  out_of_stock: 'an article is sold out',
  payment_declined: 'the payment was declined',
  address_refused: 'the carrier does not deliver to the address',
  inventory_unavailable: 'the warehouse could not be reached',
  payment_unavailable: 'the payment could not be made',
  carrier_unavailable: 'no carrier could be reached',
};

const orderConfirmed: Message<OrderConfirmed> = (orderId) => ({
  template: 'order-confirmed',
  values: { orderId },
  text: `Order ${orderId} is paid and on its way to the carrier.`,
});

const orderCancelled: Message<OrderCancelled> = (orderId, { reason, parked }) => {
  const refundDelayed = parked.includes('VoidPayment');
  return {
    template: `order-cancelled/${reason}`,
    values: { orderId, ...(refundDelayed ? { refundDelayed } : {}) },
    text: `Order ${orderId} was cancelled: ${BECAUSE[reason]}. ${moneyOf(refundDelayed)}`,
  };
};

const moneyOf = (refundDelayed: boolean): string =>
  refundDelayed
    ? 'If money was taken or held, it is not back yet; we are seeing to it and you need not do anything.'
    : 'You pay nothing.';

export const ORDER_MESSAGES = { OrderConfirmed: orderConfirmed, OrderCancelled: orderCancelled } as const;
