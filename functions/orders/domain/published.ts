import type { RecordedOrderEvent } from '../../published/order-events.ts';
import { PERSONAL_DATA } from './events.ts';

/** An event as the bus and the API show it: without personal data. */
export type PublishedOrderEvent = Omit<RecordedOrderEvent, 'data'> & {
  readonly data: Readonly<Record<string, unknown>>;
};

export function publish(event: RecordedOrderEvent): PublishedOrderEvent {
  const { orderId, version, type, eventId, occurredAt, actor, correlationId, causationId } = event;
  const data = withoutPersonalData(event.data) as PublishedOrderEvent['data'];
  const shown = event.type === 'OrderCreated' ? { ...data, paymentMethod: event.data.paymentMethod.type } : data;
  return { orderId, version, type, occurredAt, data: shown, actor, causationId, correlationId, eventId };
}

const isPersonal = (name: string): boolean => (PERSONAL_DATA as readonly string[]).includes(name);

function withoutPersonalData(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withoutPersonalData);
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).flatMap(([name, value]) => (isPersonal(name) ? [] : [[name, withoutPersonalData(value)]])),
  );
}
