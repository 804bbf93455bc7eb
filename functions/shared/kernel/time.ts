/** Milliseconds since the epoch of a time in ISO 8601. */
export const millisecondsOf = (iso: string): number => Date.parse(iso);
