import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { DynamoDbRateLimiter } from '../rate-limit/dynamodb-rate-limiter.ts';
import type { RateLimiterUnavailable } from '../rate-limit/errors.ts';
import { LimiterWithFallback } from '../rate-limit/limiter-with-fallback.ts';
import { RATE_LIMITER_UNAVAILABLE } from '../rate-limit/metrics.ts';
import type { RateLimiter, SharedRateLimiter } from '../rate-limit/port.ts';
import { RATE_LIMIT_TABLES } from '../rate-limit/tables.ts';
import { singleTryClient } from './document-client.ts';
import { tableName } from './environment.ts';
import { faultOf, logFault } from './faults.ts';
import { emitMetric } from './metrics.ts';

/** A request waits no longer than this for its rate limit; on a warm connection it takes a few milliseconds. */
const PATIENCE_MS = 250;
/** An answer that comes later tells the next requests of the caller something; after this it is not waited for. */
const TIMEOUT_MS = 2_000;

/**
 * The limiter of the API's callers. When the shared one does not answer in time, a metric says so, and the function instance
 * judges by itself.
 * @param shared the limiter that all function instances share; by default the one that the function's environment names
 * @param now milliseconds since the epoch
 */
export const callerLimiter = (shared = limiterOfEnvironment(), now = Date.now): RateLimiter =>
  new LimiterWithFallback({ shared, patience, onUnavailable: reportUnavailable, now });

/** On a busy machine the time may be over while the answer has come and was not read yet: it is read first. */
async function patience(): Promise<void> {
  await sleep(PATIENCE_MS, undefined, { ref: false });
  await nextTurn();
}

function reportUnavailable(error: RateLimiterUnavailable): void {
  emitMetric(RATE_LIMITER_UNAVAILABLE, 1);
  const { cause } = error;
  logFault(faultOf(error), 'A request is judged without the shared rate limiter.', {
    cause: cause instanceof Error ? cause.name : undefined,
  });
}

const limiterOfEnvironment = (): SharedRateLimiter =>
  new DynamoDbRateLimiter({
    db: singleTryClient(),
    tableName: tableName(RATE_LIMIT_TABLES.rateLimits),
    timeoutMs: TIMEOUT_MS,
    now: Date.now,
  });
