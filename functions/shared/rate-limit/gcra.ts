/**
 * The token bucket as the generic cell rate algorithm (ITU-T I.371): all that is kept of a bucket is the moment at which
 * it is full again, its `tat` (theoretical arrival time). Moments are whole microseconds since the epoch, so that nothing
 * is ever rounded twice.
 */
import type { RatePolicy } from './policy.ts';
import type { Allowance } from './port.ts';

/** How long a bucket takes to refill by one request. */
export const intervalOf = ({ perSecond }: RatePolicy): number => Math.ceil(1_000_000 / perSecond);

/** The latest `tat` with which a bucket still has a request in it. */
export const latestTat = (policy: RatePolicy, now: number): number => now + (policy.burst - 1) * intervalOf(policy);

/** What a request is told that took the bucket to `tat`. */
export function accepted(policy: RatePolicy, tat: number, now: number): Allowance {
  const interval = intervalOf(policy);
  const remaining = Math.max(0, Math.floor((latestTat(policy, now) + interval - tat) / interval));
  return {
    allowed: true,
    limit: policy.burst,
    remaining,
    fullAfterMs: (tat - now) / 1_000,
    retryAfterMs: remaining > 0 ? 0 : (tat - latestTat(policy, now)) / 1_000,
  };
}

/** What a request is told that found the bucket empty, at `tat`. */
export const refused = (policy: RatePolicy, tat: number, now: number): Allowance => ({
  allowed: false,
  limit: policy.burst,
  remaining: 0,
  fullAfterMs: (tat - now) / 1_000,
  retryAfterMs: (tat - latestTat(policy, now)) / 1_000,
});
