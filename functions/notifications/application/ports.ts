import type { Language } from '../../published/order-events.ts';
import type { CustomerId } from '../../shared/kernel/ids.ts';
import type { Message } from '../domain/message.ts';
import type { Kind } from '../domain/templates/template.ts';

/** A message in a customer's inbox, as it was told. */
export interface Notification extends Message {
  readonly customerId: CustomerId;
  /** Sorts by time, and is the same for every delivery of one event. */
  readonly notificationId: string;
  /** ISO 8601, UTC: the time of the event that it tells of. */
  readonly occurredAt: string;
  readonly kind: Kind;
  readonly language: Language;
  readonly templateVersion: number;
  /** One line. */
  readonly subject: string;
  /** A paragraph a line. */
  readonly text: string;
}

/** A message that may have been read. */
export type KeptNotification = Notification & {
  /** ISO 8601, UTC. @default it was not read yet */
  readonly readAt?: string;
};

/** A page of messages, the newest first. */
export interface PageOfMessages {
  readonly items: readonly KeptNotification[];
  /** The id of the last one of the page. Absent on the last page. */
  readonly next?: string;
}

/** The customers' in-app inbox. */
export interface Inbox {
  /** Stores a notification; one that is there already, and perhaps read, stays as it is. */
  put(notification: Notification): Promise<void>;
}

/** The same for those who read it. */
export interface Messages {
  /** @param after the id of the last message of the page before */
  page(
    customerId: CustomerId,
    options: { readonly limit: number; readonly unreadOnly: boolean; readonly after?: string | undefined },
  ): Promise<PageOfMessages>;
  /** How many are not read yet, counted up to `atMost`. */
  countUnread(customerId: CustomerId, atMost: number): Promise<number>;
  /** Notes when a message was read first. Resolves to whether the customer has such a message. */
  markRead(customerId: CustomerId, notificationId: string, at: string): Promise<boolean>;
}
