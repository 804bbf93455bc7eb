/** The bodies of the requests that change an order. Unknown fields are refused. */
import * as z from 'zod';
import { discountCodes, items, shippingAddress } from './order-request.ts';

/** A free text by the caller; it stays with the order and is not published. */
const comment = z.string().trim().min(1).max(500).exactOptional();

export const nothing = z.strictObject({});
export const commented = z.strictObject({ comment });
export const addressChange = z.strictObject({ shippingAddress });
/** Without `discountCodes`, those of the order are kept. */
export const itemsChange = z.strictObject({ items, discountCodes: discountCodes.exactOptional() });
export const returnRequest = z.strictObject({ items, comment });

const amount = z.strictObject({ amount: z.int().min(1), currency: z.string().regex(/^[A-Z]{3}$/) });
export const refundRequest = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('full'), comment }),
  z.strictObject({ type: z.literal('items'), items, comment }),
  z.strictObject({ type: z.literal('amount'), amount, comment }),
]);
