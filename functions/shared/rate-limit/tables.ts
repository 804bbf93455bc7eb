/** The table of the callers' token buckets: what the adapter writes and the infrastructure creates. */
export const RATE_LIMIT_TABLES = {
  rateLimits: { variable: 'RATE_LIMITS_TABLE', partitionKey: 'caller', timeToLive: 'expires' },
} as const;
