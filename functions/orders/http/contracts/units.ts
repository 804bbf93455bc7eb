/** Units of articles, as the API shows them. */
import * as z from 'zod';

export const unitsOf = z.object({ sku: z.string(), quantity: z.int().min(1) });
export const units = z.array(unitsOf);
