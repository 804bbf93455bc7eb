/** What can be on the bus about orders: what the relay publishes of their logs, and what others may write there. */
import { randomUUID } from 'node:crypto';
import { v5 } from 'uuid';
import { publish } from '../../../functions/orders/domain/published.ts';
import { EVENT_SOURCES } from '../../../functions/published/event-sources.ts';
import type { OrderEvent, OrderStatus, RecordedOrderEvent } from '../../../functions/published/order-events.ts';
import { type OrderId, parseOrderId, type Sku } from '../../../functions/shared/kernel/ids.ts';
import { money } from '../../../functions/shared/kernel/money.ts';
import type { Units } from '../../../functions/shared/kernel/units.ts';
import { STREAMS } from '../orders/lifecycle.ts';
import { IN_TWO_PARCELS, LEAVING, SECOND, SECOND_LEAVES, tracked } from '../orders/parcels.ts';
import { CUSTOMER_ID, changeRequested, created, EVENTS, HAPPY_PATH, ORDER_ID, streamOf } from '../orders/streams.ts';
import { OPENED, openedTask, resolved, resumed } from '../recovery/task-streams.ts';

/** An event as EventBridge hands it to rules and queues. */
export interface Message {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: Readonly<Record<string, unknown>>;
}

const cancellation = (from: OrderStatus): OrderEvent => ({
  type: 'CancellationRequested',
  data: { reason: 'customer_request', from },
});
const { refundId } = OPENED.refund.data;
const refund = (id: string, amount = 1_000): OrderEvent => ({
  type: 'RefundRequested',
  data: { refundId: id, amount: money(amount, 'CNY'), lines: [] },
});

const oneShirt: Units = { sku: 'TSHIRT' as Sku, quantity: 1 };
const RETURNED_IN_PARTS: readonly OrderEvent[] = [
  { type: 'ReturnRequested', data: { returnId: 'return-1', lines: [{ ...oneShirt, quantity: 3 }] } },
  {
    type: 'ReturnReceived',
    data: { customerId: CUSTOMER_ID, returnId: 'return-1', accepted: [], rejected: [{ ...oneShirt, reason: 'used' }] },
  },
  {
    type: 'ReturnReceived',
    data: { customerId: CUSTOMER_ID, returnId: 'return-1', accepted: [oneShirt], rejected: [], damaged: [oneShirt] },
  },
  { type: 'ReturnWithdrawn', data: { customerId: CUSTOMER_ID, returnId: 'return-1', lines: [oneShirt] } },
];
const NEVER_SENT: readonly OrderEvent[] = [
  {
    type: 'ReturnRequested',
    data: { returnId: 'return-2', lines: [oneShirt], expectedUntil: '2026-02-01T00:00:00.000Z' },
  },
  { type: 'ReturnExpired', data: { customerId: CUSTOMER_ID, returnId: 'return-2', lines: [oneShirt] } },
];

const TRANSFERRED: OrderEvent = {
  type: 'TransferReceived',
  data: { transferId: 'E1', amount: created().data.total, debtor: { name: 'Ann', iban: 'DE89370400440532013000' } },
};

/** Orders in every status, and what can be under way for them. */
const LIVES: readonly (readonly OrderEvent[])[] = [
  ...Object.values(STREAMS),
  [...STREAMS.held, { type: 'OrderApproved', data: {} }],
  [...STREAMS.held, EVENTS.cancelled],
  [...HAPPY_PATH, cancellation('processing')],
  [...HAPPY_PATH, refund(refundId)],
  [...HAPPY_PATH, refund(refundId), { type: 'RefundFailed', data: { refundId, reason: 'refused' } }, OPENED.refund],
  [...IN_TWO_PARCELS, ...LEAVING],
  [...IN_TWO_PARCELS, ...LEAVING, SECOND_LEAVES],
  [...IN_TWO_PARCELS, tracked(SECOND, 'delivered'), tracked(SECOND, 'in_transit')],
  [created(), EVENTS.reserved, changeRequested()],
  [created(), EVENTS.unitsRemoved],
  [...HAPPY_PATH, ...RETURNED_IN_PARTS],
  [...HAPPY_PATH, ...NEVER_SENT],
  [created(), EVENTS.cancelled, { type: 'PaymentNotified', data: { channel: 'alipay', notificationId: 'n-1' } }],
  [created(), EVENTS.cancelled, TRANSFERRED],
  [created(), EVENTS.cancelled, openedTask, resumed],
  [created(), EVENTS.cancelled, openedTask, resolved],
];

/** Tasks of two orders are two tasks, and their shipments are theirs. */
const ofOrder = (event: OrderEvent, orderId: OrderId): OrderEvent =>
  'taskId' in event.data
    ? ({ ...event, data: { ...event.data, taskId: v5(event.data.taskId, orderId) } } as OrderEvent)
    : (JSON.parse(JSON.stringify(event).replaceAll(ORDER_ID, orderId)) as OrderEvent);

/** The streams of these orders, each of an order of its own. */
export const ORDERS: readonly (readonly RecordedOrderEvent[])[] = LIVES.map((events, index) => {
  const orderId = parseOrderId(v5(`order ${index}`, ORDER_ID));
  return streamOf(
    events.map((event) => ofOrder(event, orderId)),
    orderId,
  );
});

const messageOf = (event: RecordedOrderEvent): Message => {
  const { type, ...detail } = publish(event);
  return { source: EVENT_SOURCES.orders, 'detail-type': type, detail };
};

/** What the relay publishes of all these orders. */
export const TRUTHS: readonly Message[] = ORDERS.flat().map(messageOf);

/** What a forger would say to have something done, by the type of the event. */
const LIES: readonly OrderEvent[] = [
  ...LIVES.flat(),
  created(),
  cancellation('processing'),
  { type: 'OrderApproved', data: {} },
  refund(randomUUID(), created().data.total.amount),
  { type: 'TaskResumed', data: OPENED.refund.data },
  changeRequested(undefined, randomUUID()),
];
const LIE_OF_EACH_TYPE = [...new Map(LIES.map((event) => [event.type, event])).values()];

/** Messages that no log bears out, about orders that are there: with ids of their own, in places that are taken, or beyond the last. */
export const FORGERIES: readonly Message[] = ORDERS.flatMap((stream) => {
  const last = stream.at(-1)!;
  const asEventOf = (place: RecordedOrderEvent, lie: OrderEvent): RecordedOrderEvent => ({ ...place, ...lie });
  return LIE_OF_EACH_TYPE.flatMap((lie) => [
    // The data alone is made up where the type is that of the log.
    ...stream.map((event) => asEventOf(event, lie)),
    ...[1, 2, 1_000].map((more) =>
      asEventOf({ ...last, version: last.version + more, eventId: randomUUID() as typeof last.eventId }, lie),
    ),
    asEventOf({ ...last, eventId: randomUUID() as typeof last.eventId, occurredAt: '2999-01-01T00:00:00.000Z' }, lie),
  ]).map(messageOf);
});
