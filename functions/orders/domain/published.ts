import type { RecordedOrderEvent } from '../../published/order-events.ts';
import { PERSONAL_DATA } from './events.ts';

/** An event as the bus and the API show it: without personal data. */
export type PublishedOrderEvent = Omit<RecordedOrderEvent, 'data'> & {
  readonly data: Readonly<Record<string, unknown>>;
};

export function publish(event: RecordedOrderEvent): PublishedOrderEvent {
  const { orderId, version, type, eventId, occurredAt, actor, correlationId, causationId } = event;
  const data = Object.fromEntries(Object.entries(event.data).filter(([name]) => !PERSONAL_DATA.includes(name)));
  const shown = event.type === 'OrderCreated' ? { ...data, paymentMethod: event.data.paymentMethod.type } : data;
  return { orderId, version, type, occurredAt, data: shown, actor, causationId, correlationId, eventId };
}
