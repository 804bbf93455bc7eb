/** Streams of one order, for tests: events with the numbers and times that the log would give them. */

import {
  type ItemsChangeRequested,
  type NewOrderEvent,
  type OrderCreated,
  type OrderEvent,
  type OrderLine,
  type PricedItems,
  type RecordedOrderEvent,
  taskIdOf,
} from '../../../functions/published/order-events.ts';
import {
  type CorrelationId,
  type CustomerId,
  factId,
  type OrderId,
  parseOrderId,
  type Sku,
} from '../../../functions/shared/kernel/ids.ts';
import { DEFAULT_LOCATION } from '../../../functions/shared/kernel/location.ts';
import { type Currency, money, sum, times, zero } from '../../../functions/shared/kernel/money.ts';

export const ORDER_ID = parseOrderId('0190f3a0-0000-7000-8000-000000000001');
export const CUSTOMER_ID = 'C-1' as CustomerId;
/** When the first event of every stream happens: milliseconds since the epoch. */
export const START = Date.UTC(2026, 0, 2, 3, 4, 5);

export const line = (sku = 'MUG-BLUE', quantity = 1, unitPrice = 4_500): OrderLine => ({
  sku: sku as Sku,
  name: `Article ${sku}`,
  quantity,
  unitPrice: money(unitPrice, 'CNY'),
  discount: zero('CNY'),
  net: times(money(unitPrice, 'CNY'), quantity),
});

/** The sums of lines without a discount. */
export function priced(lines: readonly OrderLine[]): PricedItems {
  const total = sum(
    lines.map(({ net }) => net),
    'CNY',
  );
  return { lines, subtotal: total, discounts: [], total };
}

export function created(lines: readonly OrderLine[] = [line()]): OrderCreated {
  return {
    type: 'OrderCreated',
    data: {
      customerId: CUSTOMER_ID,
      customer: { name: 'Li Wei', email: 'li.wei@example.com' },
      ...priced(lines),
      shippingAddress: {
        name: 'Li Wei',
        street: '88 Nanjing Road',
        city: 'Shanghai',
        state: 'Shanghai',
        country: 'CN',
        postalCode: '200000',
      },
      paymentMethod: { type: 'card', token: 'tok_ok' },
      requestHash: 'a'.repeat(64),
    },
  };
}

const total = created().data.total;
const MAIN = DEFAULT_LOCATION;
const lines = [{ sku: line().sku, quantity: 1 }];

const TASK = {
  taskId: taskIdOf(ORDER_ID, 'compensation', 'VoidPayment', 1),
  kind: 'compensation',
  step: 'VoidPayment',
} as const;

/** One event of each kind that follows OrderCreated, for the order of `created()`. */
export const EVENTS = {
  backordered: {
    type: 'OrderBackordered',
    data: { customerId: CUSTOMER_ID, lines, until: new Date(START + 1_000_000_000).toISOString() },
  },
  unitsRemoved: {
    type: 'UnitsRemoved',
    data: {
      ...priced([line('TSHIRT', 1)]),
      customerId: CUSTOMER_ID,
      removed: [{ sku: line('TSHIRT').sku, quantity: 1 }],
    },
  },
  reserved: { type: 'InventoryReserved', data: { lines: lines.map((each) => ({ ...each, location: MAIN })) } },
  released: { type: 'InventoryReleased', data: { lines } },
  sold: { type: 'ReservationConfirmed', data: { lines } },
  authorised: { type: 'PaymentAuthorised', data: { paymentId: 'pay-1', amount: total } },
  declined: { type: 'PaymentDeclined', data: { declineCode: 'insufficient_funds' } },
  captured: { type: 'PaymentCaptured', data: { paymentId: 'pay-1', amount: total } },
  voided: { type: 'PaymentVoided', data: { paymentId: 'pay-1' } },
  refunded: { type: 'PaymentRefunded', data: { paymentId: 'pay-1', amount: total } },
  arranged: {
    type: 'ShipmentArranged',
    data: { bookingId: 'shp-1', carrier: 'Sim Express', trackingNumber: 'TRK-1' },
  },
  shipmentCancelled: { type: 'ShipmentCancelled', data: { bookingId: 'shp-1' } },
  confirmed: { type: 'OrderConfirmed', data: { customerId: CUSTOMER_ID } },
  cancelled: { type: 'OrderCancelled', data: { customerId: CUSTOMER_ID, reason: 'payment_declined', parked: [] } },
  parked: { type: 'CompensationParked', data: { step: 'VoidPayment', error: 'PaymentGatewayUnavailable' } },
  delayed: {
    type: 'StepDelayed',
    data: { step: 'VoidPayment', partner: 'payment-gateway', error: 'CircuitOpen', until: '2026-01-02T09:04:05.000Z' },
  },
  opened: {
    type: 'TaskOpened',
    data: { ...TASK, error: 'PaymentGatewayUnavailable', dueAt: '2026-01-02T13:04:05.000Z' },
  },
  resolved: { type: 'TaskResolved', data: { ...TASK, resolution: 'completed' } },
} as const satisfies Record<string, OrderEvent>;

const { confirmed: _confirmed, unitsRemoved: _reduction, ...anytime } = EVENTS;
/** The events that a stream can hold at any place: a confirmation follows a capture and a shipment only, and what is taken off an order changes its price. */
export const ANYTIME: readonly OrderEvent[] = Object.values(anytime);

/** The same events of an order in another currency, with the same numbers of minor units. */
export const inCurrency = <E>(currency: Currency, value: E): E =>
  JSON.parse(JSON.stringify(value).replaceAll('"CNY"', JSON.stringify(currency))) as E;

export const CHANGE_ID = '0190f3a0-0000-7000-8000-0000000000c1';

/** Asks for other items, by default two units instead of one. */
export const changeRequested = (
  to: readonly OrderLine[] = [line('MUG-BLUE', 2)],
  changeId = CHANGE_ID,
): NewOrderEvent<ItemsChangeRequested> => ({
  ...newEvent({ type: 'ItemsChangeRequested', data: { changeId, ...priced(to) } }, 10),
  eventId: factId(ORDER_ID, changeId),
  correlationId: 'corr-change' as CorrelationId,
});

/** The events of an order without any failure. */
export const HAPPY_PATH: readonly OrderEvent[] = [
  created(),
  EVENTS.reserved,
  EVENTS.authorised,
  EVENTS.arranged,
  EVENTS.captured,
  EVENTS.confirmed,
];

/** An event as a step would hand it to the log, `seconds` after the order began. */
export const newEvent = <E extends OrderEvent>(
  event: E,
  seconds = 0,
  orderId: OrderId = ORDER_ID,
): NewOrderEvent<E> => ({
  ...event,
  eventId: factId(orderId, event.type),
  occurredAt: new Date(START + seconds * 1_000).toISOString(),
  correlationId: 'corr-1' as CorrelationId,
  causationId: 'corr-1',
  actor: { type: 'system', id: 'test' },
});

/** The stream that holds these events: one second between two of them. */
export const streamOf = (events: readonly OrderEvent[], orderId: OrderId = ORDER_ID): RecordedOrderEvent[] =>
  events.map((event, index) => ({ ...newEvent(event, index, orderId), orderId, version: index + 1 }));
