import { RateLimiterUnavailable } from '../../../functions/shared/rate-limit/errors.ts';
import type { RatePolicy } from '../../../functions/shared/rate-limit/policy.ts';
import type { Allowance, SharedRateLimiter } from '../../../functions/shared/rate-limit/port.ts';
import { InMemoryRateLimiter } from './in-memory-rate-limiter.ts';

/** What becomes of a request to the shared limiter; `answers late`: it is carried out, and the answer waits for `answerAll`. */
export type Fate = 'answers' | 'answers late' | 'is away' | 'refuses to answer';
export const FATES: readonly Fate[] = ['answers', 'answers late', 'is away', 'refuses to answer'];

/** A shared limiter whose answers the test holds back. */
export class UnreliableRateLimiter implements SharedRateLimiter {
  fate: Fate = 'answers';
  asked = 0;
  readonly #bucket: SharedRateLimiter;
  #waiting: { readonly answer: () => void; readonly fail: () => void }[] = [];

  constructor(now: () => number) {
    this.#bucket = new InMemoryRateLimiter(now);
  }

  async take(caller: string, policy: RatePolicy, owed?: number): Promise<Allowance> {
    this.asked += 1;
    if (this.fate === 'refuses to answer') throw unavailable();
    const carriedOut =
      this.fate === 'is away' ? Promise.reject(unavailable()) : this.#bucket.take(caller, policy, owed);
    if (this.fate === 'answers') return carriedOut;
    carriedOut.catch(() => undefined);
    const { promise, resolve, reject } = Promise.withResolvers<Allowance>();
    this.#waiting.push({ answer: () => resolve(carriedOut), fail: () => reject(unavailable()) });
    return promise;
  }

  /** The answers that were held back arrive. */
  answerAll(): void {
    for (const { answer } of this.#waiting.splice(0)) answer();
  }

  /** Instead of the answers that were held back, errors arrive. */
  failAll(): void {
    for (const { fail } of this.#waiting.splice(0)) fail();
  }
}

const unavailable = (): RateLimiterUnavailable => new RateLimiterUnavailable('The rate limiter did not answer.');
