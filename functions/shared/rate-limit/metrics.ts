/** Requests that went on without a rate limit, because the limiter did not answer in time. */
export const RATE_LIMITER_UNAVAILABLE = { name: 'RateLimiterUnavailable', unit: 'Count' } as const;
