import { callerKey, callerOf } from '../http/caller.ts';
import { Problem } from '../http/problem.ts';
import { TOO_MANY_REQUESTS } from '../http/problems.ts';
import { policyIn } from '../rate-limit/policy.ts';
import type { Allowance, RateLimiter } from '../rate-limit/port.ts';
import { callerLimiter } from './caller-limiter.ts';
import { ANSWER_HEADERS, type ApiFunction, type ApiMiddleware } from './endpoint.ts';

/**
 * Puts an API function behind the rate limit of its callers. Every answer says in RateLimit headers what is left; an empty
 * bucket is 429 with Retry-After.
 */
export const limited = (handler: ApiFunction, limiter: RateLimiter = callerLimiter()): ApiFunction =>
  handler.use(callerLimit(limiter));

const callerLimit = (limiter: RateLimiter): ApiMiddleware => ({
  before: async ({ event, internal }) => {
    const { authorizer } = event.requestContext;
    const allowance = await limiter.take(callerKey(callerOf(authorizer)), policyIn(authorizer));
    internal[ANSWER_HEADERS] = headersOf(allowance);
    if (!allowance.allowed) throw tooManyRequests(allowance);
  },
});

/** The fields of draft-ietf-httpapi-ratelimit-headers-07: what a full bucket holds, what is left, seconds until it is full. */
const headersOf = ({ limit, remaining, fullAfterMs }: Allowance): Record<string, string> => ({
  'RateLimit-Limit': String(limit),
  'RateLimit-Remaining': String(remaining),
  'RateLimit-Reset': String(inSeconds(fullAfterMs)),
});

const tooManyRequests = ({ limit, retryAfterMs }: Allowance): Problem =>
  new Problem(
    TOO_MANY_REQUESTS,
    `These were more than ${limit} requests at once, or more than are taken in the long run.`,
    { headers: { 'Retry-After': String(inSeconds(retryAfterMs)) } },
  );

const inSeconds = (ms: number): number => Math.ceil(ms / 1_000);
