/** What customers are told about their orders, by the event that they are told of. */

import type { OrderBackordered, UnitsRemoved } from '../../published/order-events.ts';
import type { Event } from '../../shared/kernel/events.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { Units } from '../../shared/kernel/units.ts';
import type { CancellationReason, RejectionReason } from './event-data.ts';
import type { OrderCancelled, OrderConfirmed, ReturnReceived, ReturnWithdrawn } from './events.ts';

/**
 * A message in no language: clients show `template` in the customer's language, with `values` filled in, and `text` when
 * they cannot. A message holds no personal data: the inbox knows whose it is.
 */
export interface OrderMessage {
  readonly template:
    | 'order-backordered'
    | 'order-confirmed'
    | 'units-removed'
    | `order-cancelled/${CancellationReason}`
    | 'return-received'
    | 'return-withdrawn';
  readonly values: {
    readonly orderId: OrderId;
    /** The units that the order waits for. */
    readonly awaited?: readonly Units[];
    /** The units that the shop has too little of: they were taken off the order. */
    readonly removed?: readonly Units[];
    /** When it is cancelled if they have not come: ISO 8601, UTC. */
    readonly until?: string;
    /** Cancelled, but money that was taken or held is not back yet: the platform or an operator sees to it. */
    readonly refundDelayed?: true;
    readonly returnId?: string;
    /** The units of a return that the shop takes back: their price is refunded as far as it was not before. */
    readonly accepted?: readonly Units[];
    /** Those that it does not; what an operator wrote about them is on the order's page, as it may be personal. */
    readonly rejected?: readonly (Units & { readonly reason: RejectionReason })[];
    /** Those that the customer keeps. */
    readonly withdrawn?: readonly Units[];
  };
  readonly text: string;
}

type Message<E extends Event> = (orderId: OrderId, data: E['data']) => OrderMessage;

const BECAUSE: Readonly<Record<CancellationReason, string>> = {
  customer_request: 'you asked for it',
  operator_request: 'the shop had to',
  rejected: 'it was not approved',
  out_of_stock: 'an article is sold out',
  backorder_expired: 'the goods that it waited for have not come in time',
  reservation_expired: 'it was not paid for as long as we keep goods for an order',
  payment_not_made: 'it was not paid in time',
  payment_declined: 'the payment was declined',
  address_refused: 'the carrier does not deliver to the address',
  inventory_unavailable: 'the warehouse could not be reached',
  payment_unavailable: 'the payment could not be made',
  carrier_unavailable: 'no carrier could be reached',
};

const inUnits = ({ sku, quantity }: Units): string => `${quantity} × ${sku}`;

const orderBackordered: Message<OrderBackordered> = (orderId, { lines, until }) => ({
  template: 'order-backordered',
  values: { orderId, awaited: lines, until },
  text:
    `Order ${orderId} waits for ${lines.map(inUnits).join(', ')}, of which we have too little now. You pay when the goods have come; ` +
    `if they have not by ${until.slice(0, 10)}, we cancel the order and you pay nothing.`,
});

const unitsRemoved: Message<UnitsRemoved> = (orderId, { removed }) => ({
  template: 'units-removed',
  values: { orderId, removed },
  text:
    `We have too little of ${removed.map(inUnits).join(', ')}, and have taken it off order ${orderId}: you do not pay for it. ` +
    'You get the rest.',
});

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

const REJECTED_AS: Readonly<Record<RejectionReason, string>> = {
  damaged: 'damaged',
  used: 'used',
  wrong_article: 'another article than was sold',
  not_in_package: 'not in the package',
  other: 'for another reason, see the order',
};

const returnReceived: Message<ReturnReceived> = (orderId, { returnId, accepted, rejected }) => {
  const told = rejected.map(({ sku, quantity, reason }) => ({ sku, quantity, reason }));
  const sentences = [
    ...(accepted.length > 0
      ? [
          `We have accepted ${accepted.map(inUnits).join(', ')}, and refund what you paid for it and have not got back yet.`,
        ]
      : []),
    ...(told.length > 0
      ? [`We could not accept ${told.map((units) => `${inUnits(units)} (${REJECTED_AS[units.reason]})`).join(', ')}.`]
      : []),
  ];
  return {
    template: 'return-received',
    values: { orderId, returnId, accepted, rejected: told },
    text: `Your return of order ${orderId}: ${sentences.join(' ')}`,
  };
};

const returnWithdrawn: Message<ReturnWithdrawn> = (orderId, { returnId, lines }) => ({
  template: 'return-withdrawn',
  values: { orderId, returnId, withdrawn: lines },
  text: `Your return of order ${orderId}: it was withdrawn for ${lines.map(inUnits).join(', ')}, which you keep.`,
});

export const ORDER_MESSAGES = {
  OrderBackordered: orderBackordered,
  UnitsRemoved: unitsRemoved,
  OrderConfirmed: orderConfirmed,
  OrderCancelled: orderCancelled,
  ReturnReceived: returnReceived,
  ReturnWithdrawn: returnWithdrawn,
} as const;
