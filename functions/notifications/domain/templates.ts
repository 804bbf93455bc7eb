import type { CancellationReason, OrderCancelled, OrderConfirmed } from '../../published/order-events.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';

/** What customers are told about. */
export type NotifiedEvent = OrderConfirmed | OrderCancelled;

/**
 * A message in no language: clients show `template` in the customer's, with `values` filled in. `text` is for those
 * that cannot. It holds no personal data: the inbox knows whose it is.
 */
export interface Message {
  readonly template: 'order-confirmed' | `order-cancelled/${CancellationReason}`;
  readonly values: {
    readonly orderId: OrderId;
    /** Cancelled, but the money is not back yet: a person sees to it. */
    readonly refundDelayed?: true;
  };
  readonly text: string;
}

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

/** The message that follows from an event. */
export function messageFor(orderId: OrderId, event: NotifiedEvent): Message {
  switch (event.type) {
    case 'OrderConfirmed':
      return {
        template: 'order-confirmed',
        values: { orderId },
        text: `Order ${orderId} is paid and on its way to the carrier.`,
      };
    case 'OrderCancelled': {
      const refundDelayed = event.data.parked.includes('VoidPayment');
      return {
        template: `order-cancelled/${event.data.reason}`,
        values: { orderId, ...(refundDelayed ? { refundDelayed } : {}) },
        text: `Order ${orderId} was cancelled: ${BECAUSE[event.data.reason]}. ${moneyOf(refundDelayed)}`,
      };
    }
    default:
      return assertNever(event);
  }
}

const moneyOf = (refundDelayed: boolean): string =>
  refundDelayed ? 'Your money is not back yet; we are seeing to it and you need not do anything.' : 'You pay nothing.';
