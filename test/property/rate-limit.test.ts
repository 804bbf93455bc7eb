import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { LimiterWithFallback } from '../../functions/shared/rate-limit/limiter-with-fallback.ts';
import type { RatePolicy } from '../../functions/shared/rate-limit/policy.ts';
import { FATES, type Fate, UnreliableRateLimiter } from '../support/fakes/unreliable-rate-limiter.ts';
import fc from '../support/run/properties.ts';

const CALLER = 'customer:C1';
const BEGIN = Date.UTC(2026, 10, 21);
const policies: fc.Arbitrary<RatePolicy> = fc.constantFrom(
  { perSecond: 50, burst: 100 },
  { perSecond: 1_000, burst: 500 },
  { perSecond: 10, burst: 300 },
);
/** What an instance's requests meet: mostly the one, at times the other. */
const ways = fc.record({ mostly: fc.constantFrom(...FATES), atTimes: fc.constantFrom(...FATES) });
/** Many requests come at once. */
const steps = fc.array(
  fc.record({
    instance: fc.nat(),
    requests: fc.integer({ min: 1, max: 60 }),
    isAtTimes: fc.boolean(),
    /** Milliseconds before. */
    pause: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 50 }), fc.integer({ min: 50, max: 3_000 })),
    areAnswered: fc.boolean(),
  }),
  { minLength: 1, maxLength: 60 },
);

class Flood {
  now = BEGIN;
  accepted = 0;
  readonly #table = new UnreliableRateLimiter(() => this.now);
  readonly #instances: readonly LimiterWithFallback[];
  readonly #policy: RatePolicy;

  constructor(instances: number, policy: RatePolicy) {
    this.#policy = policy;
    this.#instances = Array.from(
      { length: instances },
      () =>
        new LimiterWithFallback({
          shared: this.#table,
          patience: nextTurn,
          onUnavailable: () => {},
          now: () => this.now,
        }),
    );
  }

  /** Requests that come at once to one function instance. */
  async ask(instance: number, requests: number, fate: Fate): Promise<void> {
    this.#table.fate = fate;
    const limiter = this.#instances[instance % this.#instances.length]!;
    const answers = await Promise.all(Array.from({ length: requests }, () => limiter.take(CALLER, this.#policy)));
    this.accepted += answers.filter(({ allowed }) => allowed).length;
  }

  async answerAll(): Promise<void> {
    this.#table.answerAll();
    await nextTurn();
  }

  /** What burst and rate allow until now. */
  get due(): number {
    const { burst, perSecond } = this.#policy;
    return burst + (perSecond * (this.now - BEGIN)) / 1_000;
  }
}

test('Whatever becomes of their requests to the table, up to ten instances give a caller its due and a tenth at most', async () => {
  await fc.assert(
    fc.asyncProperty(
      policies,
      fc.array(ways, { minLength: 1, maxLength: 10 }),
      steps,
      async (policy, instances, requests) => {
        const flood = new Flood(instances.length, policy);
        for (const { instance, requests: count, isAtTimes, pause, areAnswered } of requests) {
          flood.now += pause;
          if (areAnswered) await flood.answerAll();
          const { mostly, atTimes } = instances[instance % instances.length]!;
          await flood.ask(instance, count, isAtTimes ? atTimes : mostly);
          expect(flood.accepted).toBeLessThanOrEqual(1.1 * flood.due);
        }
      },
    ),
    { numRuns: 100 },
  );
});

test.each([
  ['answers', 0.98],
  ['is away', 0.98],
  ['refuses to answer', 0.98],
  // What it has carried out is taken out of the bucket, also for a request that the instance has refused meanwhile.
  ['answers late', 0.7],
] as const)(
  'Nine instances whose table always %s add no more than a tenth to the one that it answers',
  async (fate, atLeast) => {
    const flood = new Flood(10, { perSecond: 50, burst: 100 });
    for (let count = 0; count < 400; count += 1) {
      flood.now += 10;
      for (let instance = 0; instance < 10; instance += 1) {
        await flood.ask(instance, 1, instance === 0 ? 'answers' : fate);
      }
    }
    expect(flood.accepted).toBeLessThanOrEqual(1.1 * flood.due);
    expect(flood.accepted).toBeGreaterThanOrEqual(atLeast * flood.due);
  },
);

test('A caller whose requests to the table are all carried out, but answered too late, gets no more than its due and a tenth', async () => {
  const flood = new Flood(10, { perSecond: 50, burst: 100 });
  for (let count = 0; count < 200; count += 1) {
    flood.now += 20;
    for (let instance = 0; instance < 10; instance += 1) await flood.ask(instance, 4, 'answers late');
    await flood.answerAll();
  }
  expect(flood.accepted).toBeLessThanOrEqual(1.1 * flood.due);
});
