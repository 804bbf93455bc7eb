import {
  accepted,
  intervalOf,
  latestTat,
  type RatePolicy,
  refused,
} from '../../../functions/shared/rate-limit/gcra.ts';
import type { Allowance, RateLimiter } from '../../../functions/shared/rate-limit/port.ts';

/** The port in memory; it passes the same contract suite as the one on DynamoDB. */
export class InMemoryRateLimiter implements RateLimiter {
  readonly #tats = new Map<string, number>();
  readonly #policy: RatePolicy;
  readonly #now: () => number;

  /** @param now milliseconds since the epoch */
  constructor(policy: RatePolicy, now: () => number) {
    this.#policy = policy;
    this.#now = now;
  }

  async take(caller: string): Promise<Allowance> {
    const now = this.#now() * 1_000;
    const tat = this.#tats.get(caller) ?? now;
    if (tat > latestTat(this.#policy, now)) return refused(this.#policy, tat, now);
    const next = Math.max(tat, now) + intervalOf(this.#policy);
    this.#tats.set(caller, next);
    return accepted(this.#policy, next, now);
  }
}
