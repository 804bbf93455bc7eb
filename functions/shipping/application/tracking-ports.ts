import type { Result } from '../../shared/kernel/result.ts';
import type { TrackingReport } from '../domain/tracking.ts';

/** A notification as it came. Nothing of it is believed before it is verified. */
export interface ReceivedNotification {
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Byte for byte, as text. */
  readonly rawBody: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** How a carrier tells us of parcels. */
export interface TrackingReader {
  /**
   * Verifies signature and age over the raw body. Resolves to undefined for what the carrier tells of something that is none of our parcels. Refused with the reason, for our
   * log only: no key, no signature and no personal data is in it.
   * @throws when the key cannot be read: the notification is to come again
   */
  verify(received: ReceivedNotification): Promise<Result<TrackingReport | undefined, string>>;
}

/** By the name of the carrier that the address of its notifications ends with. */
export type TrackingReaders = Readonly<Record<string, TrackingReader>>;

/** What operators can see of notifications that were not stored. */
export interface TrackingMonitor {
  /** Its signature or its age is wrong. */
  refused(carrier: string, reason: string): void;
  /** It is true, and about a parcel that no order has. */
  ofNoShipment(carrier: string, reportId: string): void;
}
