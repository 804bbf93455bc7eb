import type { Alarm } from '../domain/alarms.ts';

/** A dependency of the platform. */
export interface Dependency {
  /** The name in the answer of the health check, such as `payment-gateway`. */
  readonly name: string;
  /**
   * Resolves when the dependency is available.
   * @throws Error whose message says what is wrong, in words that anyone may read: no addresses, no credentials
   */
  probe(signal: AbortSignal): Promise<void>;
}

/** The alarms of the platform. */
export interface Alarms {
  all(): Promise<Alarm[]>;
}
