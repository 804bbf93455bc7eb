import { MESSAGES } from '../../published/notifications.ts';
import type { OrderEvent } from '../../published/order-events.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';

export type NotifiedType = keyof typeof MESSAGES;
/** The events that customers are notified of. */
export type NotifiedEvent = Extract<OrderEvent, { readonly type: NotifiedType }>;
export type Message = ReturnType<(typeof MESSAGES)[NotifiedType]>;

/** The message that follows from an event. */
export function messageFor(orderId: OrderId, { type, data }: NotifiedEvent): Message {
  // The list pairs each type with its own data, which the compiler cannot follow through the lookup.
  const message = MESSAGES[type] as (orderId: OrderId, data: NotifiedEvent['data']) => Message;
  return message(orderId, data);
}
