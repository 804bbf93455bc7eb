import * as z from 'zod';
import { limitParameter } from '../../shared/http/page-limit.ts';
import { LOCATION_ID, type LocationId } from '../../shared/kernel/location.ts';

/** The query of `GET /api/v1/parcels`. */
export const parcelsQuery = z.strictObject({
  location: z
    .string()
    .regex(LOCATION_ID, {
      error: ({ input }) =>
        `"${String(input)}" is no location; expected 1 to 16 small letters, digits or dashes, a letter first.`,
    })
    .transform((id) => id as LocationId)
    .optional(),
  limit: limitParameter,
  cursor: z.string().optional(),
});
