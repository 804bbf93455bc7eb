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
/** Whoever asks again within this time, in microseconds, such as a client that waits for its order, is likely to go on. */
const SOON = 1_000_000;
/** The share of a burst that is taken in advance for such a caller, at most: also ten instances that do so leave it something. */
const ADVANCE_OF_BURST = 0.04;
/** Nor more than the bucket is refilled by in this many seconds: what is not used in the end is soon back. */
const ADVANCE_SECONDS = 0.1;

/** What this function instance knows of a caller. Moments are microseconds since the epoch, see `gcra.ts`. */
interface Known {
  /** The shared bucket's `tat`, as it was last seen. It never goes back. */
  readonly seenTat: number;
  /** The `tat` of the bucket that this instance keeps for the fallback. What is taken out of it, the caller owes to the shared bucket. */
  readonly ownTat: number;
  /** Requests that are taken out of the shared bucket and not used yet. They can be used until `soonUntil`. */
  readonly inAdvance: number;
  /** A request that comes before is one of a caller that asks again and again. */
  readonly soonUntil: number;
}

const UNKNOWN: Known = { seenTat: 0, ownTat: 0, inAdvance: 0, soonUntil: 0 };

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
 * flood cheap; a caller that asks again and again has some requests taken out of its bucket in advance; and while the shared bucket does not
 * answer in time, a small bucket of this function instance decides.
 * See docs/decisions/0081-without-its-table-the-limiter-lets-a-tenth-in.md and docs/decisions/0125-a-caller-that-keeps-asking-is-limited-in-advance.md.
 */
export class LimiterWithFallback implements RateLimiter {
  readonly #options: LimiterWithFallbackOptions;
  readonly #known = new Recent<Known>(CALLERS_REMEMBERED);

  constructor(options: LimiterWithFallbackOptions) {
    this.#options = options;
  }

  async take(caller: string, policy: RatePolicy): Promise<Allowance> {
    const now = this.#options.now() * 1_000;
    const known = this.#knownOf(caller);
    if (known.inAdvance > 0 && now < known.soonUntil) return this.#useAdvance(caller, policy, now);
    if (known.seenTat > latestTat(policy, now)) return refused(policy, known.seenTat, now);
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
    const asked = this.#knownOf(caller);
    const owed = Math.ceil(Math.max(0, asked.ownTat - now) / intervalOf(ownPolicy(policy)));
    const inAdvance = advanceFor(asked, policy, now);
    // Of requests that come at once only the first one takes some in advance.
    this.#known.set(caller, { ...asked, inAdvance: 0, soonUntil: 0 });
    const answer = await this.#options.shared.take(caller, policy, owed + inAdvance);
    const taken = answer.allowed ? inAdvance : 0;
    const known = this.#knownOf(caller);
    this.#known.set(caller, {
      seenTat: Math.max(known.seenTat, now + Math.round(1_000 * answer.fullAfterMs)),
      ownTat: answer.allowed ? 0 : known.ownTat,
      inAdvance: known.inAdvance + taken,
      soonUntil: now + SOON,
    });
    return withMore(answer, taken);
  }

  /** Lets a request in that was taken out of the bucket before. */
  #useAdvance(caller: string, policy: RatePolicy, now: number): Allowance {
    const known = this.#knownOf(caller);
    const left = known.inAdvance - 1;
    this.#known.set(caller, { ...known, inAdvance: left });
    return withMore(accepted(policy, Math.max(known.seenTat, now), now), left);
  }

  async #giveUp(): Promise<never> {
    await this.#options.patience();
    throw new RateLimiterUnavailable('The rate limiter did not answer in time.');
  }

  #judge(caller: string, policy: RatePolicy, now: number): Allowance {
    const own = ownPolicy(policy);
    const known = this.#knownOf(caller);
    const { ownTat } = known;
    if (ownTat > latestTat(own, now)) return { ...refused(own, ownTat, now), limit: policy.burst };
    const next = Math.max(ownTat, now) + intervalOf(own);
    this.#known.set(caller, { ...known, ownTat: next });
    return { ...accepted(own, next, now), limit: policy.burst };
  }

  #knownOf(caller: string): Known {
    return this.#known.get(caller) ?? UNKNOWN;
  }
}

/** How many requests to take out of the bucket beside the one that is there: some for a caller that keeps asking and is far from its limit. */
function advanceFor({ seenTat, soonUntil }: Known, policy: RatePolicy, now: number): number {
  const isHalfFull = seenTat - now <= (policy.burst / 2) * intervalOf(policy);
  if (now >= soonUntil || !isHalfFull) return 0;
  return Math.floor(Math.min(policy.burst * ADVANCE_OF_BURST, policy.perSecond * ADVANCE_SECONDS));
}

/** The answer of the shared bucket, with what is there beside it: not more than a full bucket holds after a request. */
const withMore = (answer: Allowance, more: number): Allowance => {
  const remaining = Math.min(answer.limit - 1, answer.remaining + more);
  return { ...answer, remaining, retryAfterMs: remaining > 0 ? 0 : answer.retryAfterMs };
};

/** What one function instance lets in by itself: its part of the share, and at least one request. */
const ownPolicy = ({ perSecond, burst }: RatePolicy): RatePolicy => ({
  perSecond: (perSecond * FALLBACK_SHARE) / INSTANCES,
  burst: Math.max(1, Math.floor((burst * FALLBACK_SHARE) / INSTANCES)),
});
