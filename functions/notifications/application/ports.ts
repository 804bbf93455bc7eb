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
  /** @default none was begun */
  readonly email?: EmailState;
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

/** What became of an e-mail: `unknown` when nobody can say whether it was sent, `refused` when it never will be. */
export type EmailOutcome = 'sent' | 'refused' | 'unknown';

/** How far the e-mail of a message is. `begun` is written before it is sent, the others afterwards. */
export interface EmailState {
  readonly status: 'begun' | EmailOutcome;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** What is known of the e-mails of messages; it stands in the inbox with them. */
export interface EmailRecords {
  /** By the ids of those messages that the inbox has and of which an e-mail was begun. */
  find(customerId: CustomerId, notificationIds: readonly string[]): Promise<ReadonlyMap<string, EmailState>>;
  /** Resolves to false when it was begun before: somebody else sends it, or has. */
  begin(customerId: CustomerId, notificationId: string, at: string): Promise<boolean>;
  /** What became of one that was begun. */
  settle(
    customerId: CustomerId,
    notificationId: string,
    state: EmailState & { readonly status: EmailOutcome },
  ): Promise<void>;
  /** It was certainly not sent: the next one to try may begin it. */
  withdraw(customerId: CustomerId, notificationId: string): Promise<void>;
}

/** What a channel carries. */
export interface Publication {
  /** Where the channel reaches the customer, such as an e-mail address. Personal data. */
  readonly address: string;
  /** One line. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Carries messages to customers outside of the platform. */
export interface Channel {
  /**
   * Tries once.
   * @throws DependencyUnavailable when it was certainly not sent, and may be later
   */
  publish(publication: Publication): Promise<EmailOutcome>;
  /** Ends its connections. */
  close(): void;
}
