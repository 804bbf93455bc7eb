import type { RatePolicy } from './policy.ts';

/** What a limiter says to one request. Times are milliseconds from now. */
export interface Allowance {
  readonly allowed: boolean;
  /** Requests that a full bucket holds. */
  readonly limit: number;
  /** Requests that would be taken right now, after this one. */
  readonly remaining: number;
  /** When the bucket is full again, if nothing is taken meanwhile. */
  readonly fullAfterMs: number;
  /** When the next request would be taken: later than now for a refusal, 0 while there are some left. */
  readonly retryAfterMs: number;
}

/** A token bucket per caller. */
export interface RateLimiter {
  /**
   * Takes one request out of the caller's bucket, if there is one in it; a refusal takes nothing.
   * @param policy may change from one request to the next
   */
  take(caller: string, policy: RatePolicy): Promise<Allowance>;
}

/** Buckets that all function instances share. */
export interface SharedRateLimiter extends RateLimiter {
  /**
   * @param owed requests that were let in before and not taken out of the bucket: they are taken together with this one
   * @throws RateLimiterUnavailable
   */
  take(caller: string, policy: RatePolicy, owed?: number): Promise<Allowance>;
}
