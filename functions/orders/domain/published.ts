import type { RecordedOrderEvent } from '../../shared/kernel/order-events.ts';

/** An event as the bus and the API show it: without personal data. */
export type PublishedOrderEvent = Omit<RecordedOrderEvent, 'data'> & { readonly data: Readonly<Record<string, unknown>> };

/** Leaves out what belongs to the customer and the gateway alone: the address and the payment token. */
export function publish(event: RecordedOrderEvent): PublishedOrderEvent {
  if (event.type !== 'OrderCreated') return event;
  const { customerId, lines, total, paymentMethod } = event.data;
  return { ...event, data: { customerId, lines, total, paymentMethod: paymentMethod.type } };
}
