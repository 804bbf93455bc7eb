import * as z from 'zod';
import { customerId, orderId } from '../../../shared/http/fields.ts';

/** The path parameters of everything below one order. */
export const orderPath = z.object({ orderId });

/** The path parameters of everything below one customer. */
export const customerPath = z.object({ customerId });

/** The path parameters of an erasure. */
export const erasurePath = z.object({
  customerId,
  erasureId: z.uuid().meta({ id: 'ErasureId', description: 'The id of an erasure: a UUID.' }),
});
