import type { RecordedOrderEvent } from '../../published/order-events.ts';

/** An event as the bus and the API show it: without personal data. */
export type PublishedOrderEvent = Omit<RecordedOrderEvent, 'data'> & {
  readonly data: Readonly<Record<string, unknown>>;
};

/** The data that only the customer and the gateway may see: names, addresses, comments, the payment token. */
const PERSONAL = ['customer', 'shippingAddress', 'comment', 'requestHash'];

export function publish(event: RecordedOrderEvent): PublishedOrderEvent {
  const { orderId, version, type, eventId, occurredAt, actor, correlationId, causationId } = event;
  const data = Object.fromEntries(Object.entries(event.data).filter(([name]) => !PERSONAL.includes(name)));
  const shown = event.type === 'OrderCreated' ? { ...data, paymentMethod: event.data.paymentMethod.type } : data;
  return { orderId, version, type, occurredAt, data: shown, actor, causationId, correlationId, eventId };
}
