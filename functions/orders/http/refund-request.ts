import * as z from 'zod';
import { noSuchForm } from '../../shared/http/fault-text.ts';
import { comment } from './command-requests.ts';
import { items } from './order-request.ts';

/** The body of `POST /api/v1/orders/{orderId}/refunds`: everything, some units, or an amount in minor units. */
export const refundRequest = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('full'), comment }),
  z.strictObject({ type: z.literal('items'), items, comment }),
  z.strictObject({
    type: z.literal('amount'),
    amount: z.strictObject({
      amount: z.int().min(1),
      currency: z.string().regex(/^[A-Z]{3}$/, { error: noSuchForm('a currency of ISO 4217 such as CNY') }),
    }),
    comment,
  }),
]);
