import * as z from 'zod';

/** Items of a page unless the client says otherwise, and the most that it can ask for. */
const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

const limit = z
  .string()
  .regex(/^\d{1,4}$/, 'A whole number is expected.')
  .transform(Number)
  .refine((value) => value >= 1 && value <= MAX_LIMIT, `From 1 to ${MAX_LIMIT}.`);

/** The `limit` of every query that has pages. */
export const limitParameter = limit.default(DEFAULT_LIMIT);
/** As `limitParameter`, for lists that clients mostly want as a whole. */
export const generousLimitParameter = limit.default(MAX_LIMIT);
