import type { OrderId } from '../../shared/kernel/ids.ts';
import type { Result } from '../../shared/kernel/result.ts';

/** A notification as it came. Nothing of it is believed before its channel has verified it. */
export interface ReceivedNotification {
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Byte for byte, as text. */
  readonly rawBody: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** What a notification says for sure: that the channel has something to tell about a payment. What that is, the channel is asked. */
export interface VerifiedNotification {
  /** Undefined for what the channel tells about something else of its merchant's. */
  readonly orderId: OrderId | undefined;
  /** It is about money that goes back. @default that is not known */
  readonly ofRefund?: true;
  /** Under which number the channel has that refund. @default it says none, or one that nobody can be asked about */
  readonly refundNumber?: string;
  /** The same for every repetition of the notification. */
  readonly notificationId: string;
}

/** An answer in the words of the channel. */
export interface NotificationAnswer {
  readonly status: number;
  readonly body: string;
  readonly contentType: string;
}

/** How a channel notifies us. */
export interface NotificationReader {
  /**
   * Verifies signature, addressee and age over the raw body. Refused with the reason, for our log only: no key, no signature and no personal
   * data is in it.
   * @throws when the channel's keys cannot be read: the notification is to come again
   */
  verify(received: ReceivedNotification): Promise<Result<VerifiedNotification, string>>;
  /** The answer that ends the repetitions. */
  readonly taken: NotificationAnswer;
  /** The answer that has the notification repeated. */
  readonly refused: NotificationAnswer;
}

/** By the name of the channel that the address of its notifications ends with. */
export type NotificationReaders = Readonly<Record<string, NotificationReader>>;

/** What operators can see of notifications that were not stored. */
export interface NotificationMonitor {
  /** Its signature, its addressee or its age is wrong. */
  refused(channel: string, reason: string): void;
  /** It is true, and about an order that there is not. */
  ofNoOrder(channel: string, notificationId: string): void;
}
