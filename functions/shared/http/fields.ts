/** Fields that several contracts have. Their `id` makes them components of the API document. */
import * as z from 'zod';
import { CUSTOMER_ID } from '../kernel/ids.ts';

export const money = z
  .object({
    amount: z.int().describe('Whole minor units (fen, cents).'),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .describe('ISO 4217.'),
  })
  .meta({ id: 'Money', description: 'An exact amount: `{"amount": 8800, "currency": "CNY"}` is ¥88.00.' });

/** ISO 8601, UTC, milliseconds. */
export const timestamp = z.iso.datetime();

export const orderId = z.uuid().meta({ id: 'OrderId', description: 'The id of an order: a UUID.' });
export const customerId = z
  .string()
  .regex(CUSTOMER_ID)
  .meta({ id: 'CustomerId', description: 'The id of a customer: the `sub` of their tokens.' });

/** Where a list goes on. */
export const next = z
  .string()
  .optional()
  .describe('Pass it as `cursor`, with the same query, for the next page. Absent at the end.');

/** Paths of related resources. */
export const links = <Name extends string>(...names: readonly Name[]) =>
  z
    .object(Object.fromEntries(names.map((name) => [name, z.string()])) as Record<Name, z.ZodString>)
    .describe('Paths at the same host.');
