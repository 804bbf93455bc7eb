import '../../../../support/platform/function-environment.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { callerLimiter } from '../../../../../functions/shared/edge/caller-limiter.ts';
import { endpoint } from '../../../../../functions/shared/edge/endpoint.ts';
import { limited } from '../../../../../functions/shared/edge/limited.ts';
import { logger } from '../../../../../functions/shared/edge/logger.ts';
import type { Caller } from '../../../../../functions/shared/http/caller.ts';
import { RateLimiterUnavailable } from '../../../../../functions/shared/rate-limit/errors.ts';
import type { RateLimiter } from '../../../../../functions/shared/rate-limit/port.ts';
import { apiEvent, bodyOf, customer, lambdaContext, operator } from '../../../../support/api/invocations.ts';
import { TEST_ROUTE } from '../../../../support/api/routes.ts';
import { InMemoryRateLimiter } from '../../../../support/fakes/in-memory-rate-limiter.ts';

let now: number;
let answered: number;

beforeEach(() => {
  now = Date.UTC(2026, 10, 21);
  answered = 0;
});

afterEach(() => {
  vi.restoreAllMocks();
});

const inMemory = () => new InMemoryRateLimiter(() => now);
const behind = (limiter: RateLimiter, answer = async () => ({ status: 200, body: { answered: (answered += 1) } })) => {
  const handler = limited(endpoint(TEST_ROUTE, answer), limiter);
  return (caller: Caller = customer(), policy = { perSecond: '0.4', burst: '2' }) => {
    const event = apiEvent({ caller });
    Object.assign(event.requestContext.authorizer!, policy);
    return handler(event, lambdaContext());
  };
};
const rateLimit = (headers: Record<string, unknown> = {}) =>
  ['Limit', 'Remaining', 'Reset'].map((name) => headers[`RateLimit-${name}`]);

describe('A function behind a rate limit', () => {
  test('says with every answer what is left and when all is there again', async () => {
    const request = behind(inMemory());
    expect(rateLimit((await request()).headers)).toEqual(['2', '1', '3']);
    expect(rateLimit((await request()).headers)).toEqual(['2', '0', '5']);
    now += 5_000;
    expect(rateLimit((await request()).headers)).toEqual(['2', '1', '3']);
  });

  test('is not invoked for a caller whose bucket is empty: 429, when to come again, and no line in the log', async () => {
    const warn = vi.spyOn(logger, 'warn');
    const request = behind(inMemory());
    await request();
    await request();
    const refusal = await request();
    expect(refusal).toMatchObject({
      statusCode: 429,
      headers: {
        'Retry-After': '3',
        'Content-Type': 'application/problem+json',
        'X-Correlation-Id': expect.any(String),
      },
    });
    expect(rateLimit(refusal.headers)).toEqual(['2', '0', '5']);
    expect(bodyOf(refusal)).toMatchObject({ type: 'urn:waybill:problem:too-many-requests', status: 429 });
    expect(answered).toBe(2);
    expect(warn).not.toHaveBeenCalled();
  });

  test('takes the next request after the time that it said', async () => {
    const request = behind(inMemory());
    await request();
    await request();
    const { headers } = await request();
    now += Number(headers!['Retry-After']) * 1_000;
    expect((await request()).statusCode).toBe(200);
  });

  test('keeps customers and operators apart, also those of one name', async () => {
    const request = behind(inMemory());
    for (let count = 0; count < 3; count += 1) await request(customer('O1'));
    expect((await request(customer('O1'))).statusCode).toBe(429);
    expect((await request(customer('C2'))).statusCode).toBe(200);
    expect((await request(operator('orders:read'))).statusCode).toBe(200);
  });

  test('follows the policy that the authoriser names, and has the default one when it names none', async () => {
    const request = behind(inMemory());
    expect(rateLimit((await request(customer('C1'), { perSecond: '1', burst: '7' })).headers)).toEqual(['7', '6', '1']);
    const none = { perSecond: '', burst: '' };
    expect(rateLimit((await request(customer('C2'), none)).headers)).toEqual(['100', '99', '1']);
  });

  test('says what is left with its problems, too', async () => {
    const request = behind(inMemory(), async () => {
      throw new TypeError('a defect');
    });
    const answer = await request();
    expect([answer.statusCode, ...rateLimit(answer.headers)]).toEqual([500, '2', '1', '3']);
  });
});

describe('When the shared limiter is out of order', () => {
  const broken: RateLimiter = {
    take: async () => {
      throw new RateLimiterUnavailable('silent', {
        cause: Object.assign(new Error('aborted'), { name: 'AbortError' }),
      });
    },
  };
  const silent: RateLimiter = { take: () => new Promise(() => {}) };

  test.each([
    ['fails', broken, 'AbortError'],
    ['is silent', silent, undefined],
  ])(
    'the function instance judges by itself when it %s, and a metric and a warning say so',
    async (_, shared, cause) => {
      const lines: string[] = [];
      vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => lines.push(String(chunk)) > 0);
      const warn = vi.spyOn(logger, 'warn').mockImplementation(() => {});
      const request = behind(callerLimiter(shared, () => now));
      const answers = [await request(), await request()];
      expect(answers.map(({ statusCode, headers }) => [statusCode, ...rateLimit(headers)])).toEqual([
        [200, '2', '0', '250'],
        [429, '2', '0', '250'],
      ]);
      expect(answers[1]!.headers).toMatchObject({ 'Retry-After': '250' });
      expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
        { RateLimiterUnavailable: 1 },
        { RateLimiterUnavailable: 1 },
      ]);
      expect(warn.mock.calls[0]).toEqual([
        'A request is judged without the shared rate limiter.',
        { cause, category: 'transient', strategy: 'degrade', error: 'RateLimiterUnavailable' },
      ]);
    },
  );

  test('a defect in it is not taken for that', async () => {
    vi.spyOn(logger, 'error').mockImplementation(() => {});
    const defect: RateLimiter = {
      take: async () => {
        throw new TypeError('a defect');
      },
    };
    expect((await behind(callerLimiter(defect, () => now))()).statusCode).toBe(500);
  });
});
