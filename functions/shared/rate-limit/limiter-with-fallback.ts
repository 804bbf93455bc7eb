import { RateLimiterUnavailable } from './errors.ts';
import { accepted, intervalOf, latestTat, refused } from './gcra.ts';
import type { RatePolicy } from './policy.ts';
import type { Allowance, RateLimiter, SharedRateLimiter } from './port.ts';
import { Recent } from './recent.ts';

/** Without an answer, all function instances together let in this share of what the caller may do. */
const FALLBACK_SHARE = 0.1;
/** Function instances that serve one caller at the same time, as the fallback assumes; each has the same part of the share. */
const INSTANCES = 10;
/** Callers that a function instance remembers; an entry has about a hundred bytes. */
const CALLERS_REMEMBERED = 1_000;

/** What this function instance knows of a caller. Moments are microseconds since the epoch, see `gcra.ts`. */
interface Known {
  /** The shared bucket's `tat`, as it was last seen. It never goes back. */
  readonly seenTat: number;
  /** The `tat` of the bucket that this instance keeps for the fallback. What is taken out of it, the caller owes to the shared bucket. */
  readonly ownTat: number;
}

const UNKNOWN: Known = { seenTat: 0, ownTat: 0 };

export interface LimiterWithFallbackOptions {
  /** The bucket that all function instances share. */
  readonly shared: SharedRateLimiter;
  /** Resolves when a request has waited long enough for the shared bucket. */
  readonly patience: () => Promise<unknown>;
  /** Is told of each request that was judged without the shared bucket. */
  readonly onUnavailable: (error: RateLimiterUnavailable) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Limits callers by the shared bucket, and by what is known here when that is better:
 * a caller whose bucket was seen empty is refused without asking until there must be a request in it again, which makes a
 * flood cheap; and while the shared bucket does not answer in time, a small bucket of this function instance decides.
 * See docs/decisions/0081-without-its-table-the-limiter-lets-a-tenth-in.md.
 */
export class LimiterWithFallback implements RateLimiter {
  readonly #options: LimiterWithFallbackOptions;
  readonly #known = new Recent<Known>(CALLERS_REMEMBERED);

  constructor(options: LimiterWithFallbackOptions) {
    this.#options = options;
  }

  async take(caller: string, policy: RatePolicy): Promise<Allowance> {
    const now = this.#options.now() * 1_000;
    const { seenTat } = this.#knownOf(caller);
    if (seenTat > latestTat(policy, now)) return refused(policy, seenTat, now);
    try {
      // What loses goes on: an answer that comes later still tells what the request has taken.
      return await Promise.race([this.#ask(caller, policy, now), this.#giveUp()]);
    } catch (error) {
      if (!(error instanceof RateLimiterUnavailable)) throw error;
      this.#options.onUnavailable(error);
      return this.#judge(caller, policy, now);
    }
  }

  async #ask(caller: string, policy: RatePolicy, now: number): Promise<Allowance> {
    const owed = Math.ceil(Math.max(0, this.#knownOf(caller).ownTat - now) / intervalOf(ownPolicy(policy)));
    const answer = await this.#options.shared.take(caller, policy, owed);
    const { seenTat, ownTat } = this.#knownOf(caller);
    this.#known.set(caller, {
      seenTat: Math.max(seenTat, now + Math.round(1_000 * answer.fullAfterMs)),
      ownTat: answer.allowed ? 0 : ownTat,
    });
    return answer;
  }

  async #giveUp(): Promise<never> {
    await this.#options.patience();
    throw new RateLimiterUnavailable('The rate limiter did not answer in time.');
  }

  #judge(caller: string, policy: RatePolicy, now: number): Allowance {
    const own = ownPolicy(policy);
    const { seenTat, ownTat } = this.#knownOf(caller);
    if (ownTat > latestTat(own, now)) return { ...refused(own, ownTat, now), limit: policy.burst };
    const next = Math.max(ownTat, now) + intervalOf(own);
    this.#known.set(caller, { seenTat, ownTat: next });
    return { ...accepted(own, next, now), limit: policy.burst };
  }

  #knownOf(caller: string): Known {
    return this.#known.get(caller) ?? UNKNOWN;
  }
}

/** What one function instance lets in by itself: its part of the share, and at least one request. */
const ownPolicy = ({ perSecond, burst }: RatePolicy): RatePolicy => ({
  perSecond: (perSecond * FALLBACK_SHARE) / INSTANCES,
  burst: Math.max(1, Math.floor((burst * FALLBACK_SHARE) / INSTANCES)),
});
