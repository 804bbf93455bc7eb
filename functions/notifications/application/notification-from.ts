import type { RecordedOrderEvent } from '../../published/order-events.ts';
import type { Told } from '../domain/notification-of.ts';
import { notificationIdOf } from '../domain/notifications.ts';
import type { Notification } from './ports.ts';

/** What the inbox keeps of what a customer is told. */
export function notificationFrom(event: RecordedOrderEvent, { html: _, ...told }: Told): Notification {
  const { occurredAt } = event;
  return { ...told, occurredAt, notificationId: notificationIdOf(event) };
}
