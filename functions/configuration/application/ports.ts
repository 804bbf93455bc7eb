import type { PublishedEvent } from '../../shared/event-log/port.ts';

/** One version of the document as it is stored. */
export interface StoredVersion {
  /** From 1 on. */
  readonly version: number;
  /** JSON: a change record. */
  readonly value: string;
  /** When it was stored: ISO 8601. */
  readonly at: string;
  /** Who stored it, as the store knows them: the role of a function, or a person who went past the API. */
  readonly storedBy: string;
}

export interface ConfigurationVersions {
  /** Those that are kept, the oldest first; none before the first change. @throws DependencyUnavailable */
  all(): Promise<readonly StoredVersion[]>;
  /** Adds the next version and resolves to its number. @throws DependencyUnavailable */
  put(value: string): Promise<number>;
}

export interface ConfigurationEvents {
  /** Resolves to the events that the bus did not take. */
  publish(events: readonly PublishedEvent[]): Promise<readonly PublishedEvent[]>;
}
