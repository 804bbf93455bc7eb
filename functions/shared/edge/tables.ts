/** The table of Powertools' idempotency records: what the adapter writes and the infrastructure creates. */
export const IDEMPOTENCY_TABLES = {
  idempotency: { variable: 'IDEMPOTENCY_TABLE', partitionKey: 'id', timeToLive: 'expiration' },
} as const;
