import { callerKey, callerOf } from '../http/caller.ts';
import { Problem } from '../http/problem.ts';
import { TOO_MANY_REQUESTS } from '../http/problems.ts';
import { DynamoDbRateLimiter } from '../rate-limit/dynamodb-rate-limiter.ts';
import { RATE_LIMITER_UNAVAILABLE } from '../rate-limit/metrics.ts';
import { policyIn, type RatePolicy } from '../rate-limit/policy.ts';
import type { Allowance, RateLimiter } from '../rate-limit/port.ts';
import { RATE_LIMIT_TABLES } from '../rate-limit/tables.ts';
import { singleTryClient } from './document-client.ts';
import { ANSWER_HEADERS, type ApiFunction, type ApiMiddleware } from './endpoint.ts';
import { tableName } from './environment.ts';
import { faultOf, logFault } from './faults.ts';
import { emitMetric } from './metrics.ts';

/** A request waits no longer than this for its rate limit; on a warm connection it takes a few milliseconds. */
const TIMEOUT_MS = 250;

/**
 * Puts an API function behind the rate limit of its callers. Every answer says in RateLimit headers what is left; an empty
 * bucket is 429 with Retry-After. When the limiter does not answer, requests go on without it, and a metric says so.
 * See docs/decisions/0016-rate-limits-cost-one-conditional-write.md.
 * @param limiter by default the one that the function's environment names
 */
export const limited = (handler: ApiFunction, limiter: RateLimiter = limiterOfEnvironment()): ApiFunction =>
  handler.use(callerLimit(limiter));

const callerLimit = (limiter: RateLimiter): ApiMiddleware => ({
  before: async ({ event, internal }) => {
    const { authorizer } = event.requestContext;
    const allowance = await allowanceOf(limiter, callerKey(callerOf(authorizer)), policyIn(authorizer));
    if (!allowance) return;
    internal[ANSWER_HEADERS] = headersOf(allowance);
    if (!allowance.allowed) throw tooManyRequests(allowance);
  },
});

async function allowanceOf(limiter: RateLimiter, caller: string, policy: RatePolicy): Promise<Allowance | undefined> {
  try {
    return await limiter.take(caller, policy);
  } catch (error) {
    const fault = faultOf(error);
    if (fault.strategy !== 'degrade') throw error;
    emitMetric(RATE_LIMITER_UNAVAILABLE, 1);
    const { cause } = error as Error;
    logFault(fault, 'A request goes on without its rate limit.', {
      cause: cause instanceof Error ? cause.name : undefined,
    });
    return undefined;
  }
}

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

const limiterOfEnvironment = (): RateLimiter =>
  new DynamoDbRateLimiter({
    db: singleTryClient(),
    tableName: tableName(RATE_LIMIT_TABLES.rateLimits),
    timeoutMs: TIMEOUT_MS,
    now: Date.now,
  });
