import * as z from 'zod';

/** Items of a page unless the client says otherwise, and the most that it can ask for. */
const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

const limitOr = (usual: number) =>
  z
    .string()
    .regex(/^(0|[1-9]\d{0,3})$/, {
      error: ({ input }) => `"${String(input)}" is no whole number from 1 to ${MAX_LIMIT}.`,
    })
    .meta({ type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: usual })
    .transform(Number)
    .refine((value) => value >= 1 && value <= MAX_LIMIT, {
      error: ({ input }) => `${String(input)} is not from 1 to ${MAX_LIMIT}.`,
    })
    .default(usual);

/** The `limit` of every query that has pages. */
export const limitParameter = limitOr(DEFAULT_LIMIT);
/** As `limitParameter`, for lists that clients mostly want as a whole. */
export const generousLimitParameter = limitOr(MAX_LIMIT);
