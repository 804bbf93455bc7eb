/** The contract of every rate limiter. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { RatePolicy } from '../../functions/shared/rate-limit/policy.ts';
import type { Allowance, RateLimiter, SharedRateLimiter } from '../../functions/shared/rate-limit/port.ts';
import fc from '../support/run/properties.ts';

export type MakeRateLimiter = (now: () => number) => RateLimiter;

/** A clock that only the test advances. */
const clock = () => {
  let time = Date.UTC(2026, 10, 21);
  return {
    now: () => time,
    pass: (ms: number) => {
      time += ms;
    },
  };
};

/** The textbook bucket, in tokens, with whole milliseconds per token so that it is exact. */
class Oracle {
  readonly #msPerToken: number;
  readonly #capacity: number;
  #level: number;
  #at: number;

  constructor({ perSecond, burst }: RatePolicy, now: number) {
    this.#msPerToken = 1_000 / perSecond;
    this.#capacity = burst * this.#msPerToken;
    this.#level = this.#capacity;
    this.#at = now;
  }

  take(now: number): Allowance {
    this.#level = Math.min(this.#capacity, this.#level + now - this.#at);
    this.#at = now;
    const allowed = this.#level >= this.#msPerToken;
    if (allowed) this.#level -= this.#msPerToken;
    return {
      allowed,
      limit: this.#capacity / this.#msPerToken,
      remaining: Math.floor(this.#level / this.#msPerToken),
      retryAfterMs: Math.max(0, this.#msPerToken - this.#level),
      fullAfterMs: this.#capacity - this.#level,
    };
  }
}

const policies = fc.record({
  perSecond: fc.constantFrom(1, 2, 5, 10, 50, 100, 1_000),
  burst: fc.integer({ min: 1, max: 12 }),
});
/** Milliseconds before each request; many come at once. */
const pauses = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 3_000 })), {
  minLength: 1,
  maxLength: 40,
});

export const rateLimiterContract = (name: string, make: MakeRateLimiter, { runs }: { readonly runs: number }) =>
  describe(`Rate limiter: ${name}`, () => {
    const limiter = (policy: RatePolicy) => {
      const { now, pass } = clock();
      const made = make(now);
      const limits = { take: (of: string) => made.take(of, policy) };
      return { limiter: limits, now, pass, caller: `customer:${randomUUID()}` };
    };

    test('decides like a token bucket for any sequence of requests: exactly what burst and rate allow', async () => {
      await fc.assert(
        fc.asyncProperty(policies, pauses, async (policy, waits) => {
          const { limiter: limits, now, pass, caller } = limiter(policy);
          const oracle = new Oracle(policy, now());
          for (const wait of waits) {
            pass(wait);
            expect(await limits.take(caller)).toEqual(oracle.take(now()));
          }
        }),
        { numRuns: runs },
      );
    });

    test('accepts one more request exactly at the time that it named', async () => {
      const { limiter: limits, pass, caller } = limiter({ perSecond: 3, burst: 2 });
      await limits.take(caller);
      await limits.take(caller);
      const refusal = await limits.take(caller);
      expect(refusal).toMatchObject({ allowed: false, remaining: 0 });
      pass(Math.ceil(refusal.retryAfterMs) - 1);
      expect(await limits.take(caller)).toMatchObject({ allowed: false });
      pass(1);
      expect(await limits.take(caller)).toMatchObject({ allowed: true, remaining: 0 });
    });

    test('charges no token for a refusal: a caller that keeps asking is let in as soon as a caller that waits', async () => {
      const { limiter: limits, pass, caller } = limiter({ perSecond: 10, burst: 1 });
      await limits.take(caller);
      for (let knock = 0; knock < 9; knock += 1) {
        pass(10);
        expect((await limits.take(caller)).allowed).toBe(false);
      }
      pass(10);
      expect((await limits.take(caller)).allowed).toBe(true);
    });

    test('follows a policy that changes between two requests', async () => {
      const limits = make(clock().now);
      const caller = `customer:${randomUUID()}`;
      expect(await limits.take(caller, { perSecond: 1, burst: 1 })).toMatchObject({ allowed: true, remaining: 0 });
      expect(await limits.take(caller, { perSecond: 1, burst: 1 })).toMatchObject({ allowed: false });
      expect(await limits.take(caller, { perSecond: 1, burst: 3 })).toMatchObject({ allowed: true, remaining: 1 });
    });

    test('keeps callers apart', async () => {
      const { limiter: limits, caller } = limiter({ perSecond: 1, burst: 1 });
      expect((await limits.take(caller)).allowed).toBe(true);
      expect((await limits.take(caller)).allowed).toBe(false);
      expect((await limits.take(`${caller}-2`)).allowed).toBe(true);
      expect((await limits.take(caller.replace('customer', 'operator'))).allowed).toBe(true);
    });

    test('admits no more than the burst when all requests come at the same moment', async () => {
      const { limiter: limits, caller } = limiter({ perSecond: 1, burst: 5 });
      const answers = await Promise.all(Array.from({ length: 20 }, () => limits.take(caller)));
      expect(answers.filter(({ allowed }) => allowed)).toHaveLength(5);
      expect(
        answers
          .filter(({ allowed }) => allowed)
          .map(({ remaining }) => remaining)
          .sort(),
      ).toEqual([0, 1, 2, 3, 4]);
    });
  });

export const sharedRateLimiterContract = (
  name: string,
  make: (now: () => number) => SharedRateLimiter,
  { runs }: { readonly runs: number },
) => {
  rateLimiterContract(name, make, { runs });

  describe(`Shared rate limiter: ${name}`, () => {
    test('takes what is owed out of the bucket together with a request, also when that is more than there is', async () => {
      const { now, pass } = clock();
      const limits = make(now);
      const caller = `customer:${randomUUID()}`;
      const take = (owed?: number) => limits.take(caller, { perSecond: 10, burst: 5 }, owed);
      expect(await take(1)).toMatchObject({ allowed: true, remaining: 3 });
      expect(await take(1)).toMatchObject({ allowed: true, remaining: 1 });
      expect(await take(2)).toMatchObject({ allowed: true, remaining: 0, retryAfterMs: 300 });
      pass(299);
      expect(await take()).toMatchObject({ allowed: false });
      pass(1);
      expect(await take()).toMatchObject({ allowed: true });
    });
  });
};
