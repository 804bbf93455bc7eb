import type { CustomerId } from '../../shared/kernel/ids.ts';
import type { Message } from '../domain/message-for.ts';

/** A message as it lies in a customer's inbox. */
export interface Notification extends Message {
  readonly customerId: CustomerId;
  /** Sorts by time, and is the same for every delivery of one event. */
  readonly notificationId: string;
  /** ISO 8601, UTC: when what it tells of happened. */
  readonly occurredAt: string;
}

/** The customers' in-app inbox. */
export interface Inbox {
  /** Puts a notification in; one that is there already, read perhaps, stays as it is. */
  put(notification: Notification): Promise<void>;
}
