/** Requests that the platform could not answer as it should (5xx); the dimension is `Route`, the id of the operation. A route without one has no metric. */
export const REQUESTS_FAILED = { name: 'RequestsFailed', unit: 'Count' } as const;
