import { accepted, intervalOf, latestTat, refused } from '../../../functions/shared/rate-limit/gcra.ts';
import type { RatePolicy } from '../../../functions/shared/rate-limit/policy.ts';
import type { Allowance, SharedRateLimiter } from '../../../functions/shared/rate-limit/port.ts';

/** The port in memory; it passes the same contract suite as the one on DynamoDB. */
export class InMemoryRateLimiter implements SharedRateLimiter {
  readonly #tats = new Map<string, number>();
  readonly #now: () => number;

  /** @param now milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  async take(caller: string, policy: RatePolicy, owed = 0): Promise<Allowance> {
    const now = this.#now() * 1_000;
    const tat = this.#tats.get(caller) ?? now;
    if (tat > latestTat(policy, now)) return refused(policy, tat, now);
    const next = Math.max(tat, now) + (1 + owed) * intervalOf(policy);
    this.#tats.set(caller, next);
    return accepted(policy, next, now);
  }
}
