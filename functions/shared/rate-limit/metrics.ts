/** Requests that a function instance judged by itself, because the shared limiter did not answer in time. */
export const RATE_LIMITER_UNAVAILABLE = { name: 'RateLimiterUnavailable', unit: 'Count' } as const;
