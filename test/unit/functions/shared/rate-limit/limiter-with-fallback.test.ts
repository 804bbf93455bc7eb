import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { RateLimiterUnavailable } from '../../../../../functions/shared/rate-limit/errors.ts';
import { LimiterWithFallback } from '../../../../../functions/shared/rate-limit/limiter-with-fallback.ts';
import { DEFAULT_POLICY, type RatePolicy } from '../../../../../functions/shared/rate-limit/policy.ts';
import type { RateLimiter } from '../../../../../functions/shared/rate-limit/port.ts';
import { type Fate, UnreliableRateLimiter } from '../../../../support/fakes/unreliable-rate-limiter.ts';

let now: number;
let table: UnreliableRateLimiter;

beforeEach(() => {
  now = Date.UTC(2026, 10, 21);
  table = new UnreliableRateLimiter(() => now);
});

/** One function instance. */
const instance = (shared: RateLimiter = table) =>
  new LimiterWithFallback({ shared, patience: nextTurn, onUnavailable: () => {}, now: () => now });

async function ask(limiter: RateLimiter, fate: Fate = 'answers', policy: RatePolicy = DEFAULT_POLICY) {
  table.fate = fate;
  return limiter.take('customer:C1', policy);
}

async function empty(limiter: RateLimiter): Promise<void> {
  while ((await ask(limiter)).allowed);
}

describe('A caller that was seen to have used up its bucket', () => {
  test('is refused without asking the table, until the time that it was told', async () => {
    const limiter = instance();
    await empty(limiter);
    const before = table.asked;
    const refusal = await ask(limiter);
    expect(refusal).toMatchObject({ allowed: false, remaining: 0, retryAfterMs: 20, fullAfterMs: 2_000 });
    now += 19;
    expect((await ask(limiter)).allowed).toBe(false);
    expect(table.asked).toBe(before);
    now += 1;
    expect((await ask(limiter)).allowed).toBe(true);
    expect(table.asked).toBe(before + 1);
  });

  test('is refused also while the table is away', async () => {
    const limiter = instance();
    await empty(limiter);
    expect(await ask(limiter, 'is away')).toMatchObject({ allowed: false, retryAfterMs: 20 });
  });

  test('is asked about again when operators raise its limit', async () => {
    const limiter = instance();
    await empty(limiter);
    expect(await ask(limiter, 'answers', { ...DEFAULT_POLICY, burst: 200 })).toMatchObject({ allowed: true });
  });

  test('does not make others wait', async () => {
    const limiter = instance();
    await empty(limiter);
    expect(await limiter.take('customer:C2', DEFAULT_POLICY)).toMatchObject({ allowed: true, remaining: 99 });
  });
});

describe('A caller that keeps asking', () => {
  const asks = async (limiter: RateLimiter, count: number, policy?: RatePolicy) => {
    const remaining: number[] = [];
    for (let each = 0; each < count; each += 1) {
      now += 100;
      remaining.push((await ask(limiter, 'answers', policy)).remaining);
    }
    return remaining;
  };

  test('costs a request of the table for each five, and is told the same as if each of them were asked about', async () => {
    const limiter = instance();
    expect(await asks(limiter, 11, { perSecond: 40, burst: 100 })).toEqual(Array(11).fill(99));
    expect(table.asked).toBe(3);
  });

  test('has nothing taken in advance for the first request, nor for the next one after a second', async () => {
    const limiter = instance();
    await ask(limiter);
    now += 1_000;
    await ask(limiter);
    expect(await ask(instance())).toMatchObject({ remaining: 98 });
  });

  test('can use what is taken in advance for a second, also while the table is away', async () => {
    const limiter = instance();
    await asks(limiter, 2);
    now += 999;
    expect(await ask(limiter, 'is away')).toMatchObject({ allowed: true, remaining: 99 });
    now += 1;
    const before = table.asked;
    await ask(limiter);
    expect(table.asked).toBe(before + 1);
  });

  test('has it from the upper half of its bucket only', async () => {
    const [limiter, other] = [instance(), instance()];
    for (let each = 0; each < 60; each += 1) await ask(other);
    await ask(limiter);
    const before = table.asked;
    for (let each = 0; each < 5; each += 1) await ask(limiter);
    expect(table.asked).toBe(before + 5);
  });

  test('has it once of requests that come at once', async () => {
    const limiter = instance();
    await ask(limiter);
    const before = table.asked;
    await Promise.all(Array.from({ length: 10 }, () => ask(limiter)));
    expect(table.asked).toBe(before + 10);
    expect(await ask(instance())).toMatchObject({ remaining: 84 });
  });

  test.each([
    ['a small burst', { perSecond: 50, burst: 24 }],
    ['a low rate', { perSecond: 9, burst: 100 }],
  ])('has none with %s', async (_, policy) => {
    await asks(instance(), 5, policy);
    expect(table.asked).toBe(5);
  });
});

describe('Without an answer of the table', () => {
  test.each(['is away', 'answers late', 'refuses to answer'] as const)(
    'that %s, an instance lets one request in, and the next after two seconds: a hundredth of the rate',
    async (fate) => {
      const limiter = instance();
      expect(await ask(limiter, fate)).toEqual({
        allowed: true,
        limit: 100,
        remaining: 0,
        fullAfterMs: 2_000,
        retryAfterMs: 2_000,
      });
      now += 1_999;
      expect(await ask(limiter, fate)).toMatchObject({ allowed: false, limit: 100, retryAfterMs: 1 });
      now += 1;
      expect((await ask(limiter, fate)).allowed).toBe(true);
    },
  );

  test('a larger limit has larger parts', async () => {
    const limiter = instance();
    const policy = { perSecond: 1_000, burst: 500 };
    const answers = [];
    for (let count = 0; count < 6; count += 1) answers.push((await ask(limiter, 'is away', policy)).allowed);
    expect(answers).toEqual([true, true, true, true, true, false]);
  });

  test('what was let in is taken out of the bucket with the next request', async () => {
    const limiter = instance();
    await ask(limiter, 'is away');
    expect(await ask(limiter)).toMatchObject({ allowed: true, remaining: 98 });
    expect(await ask(limiter)).toMatchObject({ allowed: true, remaining: 97 });
    expect(await ask(limiter, 'is away')).toMatchObject({ allowed: true });
  });

  test('nothing is taken out twice when the table has carried out the request and answers late', async () => {
    const limiter = instance();
    await ask(limiter, 'answers late');
    table.answerAll();
    await nextTurn();
    expect(await ask(limiter)).toMatchObject({ allowed: true, remaining: 98 });
  });

  test('a late refusal counts from then on', async () => {
    const [limiter, other] = [instance(), instance()];
    await empty(other);
    expect((await ask(limiter, 'answers late')).allowed).toBe(true);
    table.answerAll();
    await nextTurn();
    const before = table.asked;
    expect((await ask(limiter)).allowed).toBe(false);
    expect(table.asked).toBe(before);
  });

  test('a request that was let in long ago is not owed any more: the bucket is full again anyway', async () => {
    const limiter = instance();
    await ask(limiter, 'is away');
    now += 2_000;
    expect(await ask(limiter)).toMatchObject({ allowed: true, remaining: 99 });
  });

  test('a defect is no reason to judge by itself', async () => {
    const defect = { take: () => Promise.reject(new TypeError('a defect')) };
    await expect(ask(instance(defect))).rejects.toBeInstanceOf(TypeError);
  });

  test('each request that is judged by the instance is reported once, also when the answer fails later', async () => {
    const reported: unknown[] = [];
    const limiter = new LimiterWithFallback({
      shared: table,
      patience: nextTurn,
      onUnavailable: (error) => reported.push(error),
      now: () => now,
    });
    await ask(limiter, 'is away');
    await ask(limiter, 'refuses to answer');
    table.failAll();
    await nextTurn();
    expect(reported).toHaveLength(2);
    expect(reported[0]).toBeInstanceOf(RateLimiterUnavailable);
  });

  test('no more than a thousand callers are remembered, those that came last', async () => {
    const limiter = instance();
    await empty(limiter);
    for (let count = 0; count < 999; count += 1) await limiter.take(`customer:${count}`, DEFAULT_POLICY);
    const before = table.asked;
    await ask(limiter);
    expect(table.asked).toBe(before);
    await limiter.take('customer:999', DEFAULT_POLICY);
    await ask(limiter);
    expect(table.asked).toBe(before + 2);
  });
});
