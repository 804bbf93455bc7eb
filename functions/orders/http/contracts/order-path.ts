import * as z from 'zod';
import { customerId, orderId } from '../../../shared/http/fields.ts';

/** The path parameters of everything below one order. */
export const orderPath = z.object({ orderId });

/** The path parameters of everything below one customer. */
export const customerPath = z.object({ customerId });
