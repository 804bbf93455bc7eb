/** Of 24 hours, in milliseconds. */
export const DAY_MS = 24 * 3_600_000;

/** Milliseconds since the epoch of a time in ISO 8601. */
export const millisecondsOf = (iso: string): number => Date.parse(iso);

/** A time in ISO 8601, UTC, with milliseconds, which sorts as text. */
export const isoOf = (milliseconds: number): string => new Date(milliseconds).toISOString();
