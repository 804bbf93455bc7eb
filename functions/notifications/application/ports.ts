import type { CustomerId } from '../../shared/kernel/ids.ts';
import type { Message } from '../domain/message-for.ts';

/** A message in a customer's inbox. */
export interface Notification extends Message {
  readonly customerId: CustomerId;
  /** Sorts by time, and is the same for every delivery of one event. */
  readonly notificationId: string;
  /** ISO 8601, UTC: the time of the event that it tells of. */
  readonly occurredAt: string;
}

/** The customers' in-app inbox. */
export interface Inbox {
  /** Stores a notification; one that is there already, and perhaps read, stays as it is. */
  put(notification: Notification): Promise<void>;
}
