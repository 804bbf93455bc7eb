/** Fields that several contracts have. Their `id` makes them components of the API document. */
import * as z from 'zod';
import { PROBLEMS, type ProblemKind, problemType } from './problem-catalogue.ts';

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
  .regex(/^[\w.@:|-]{1,64}$/)
  .meta({ id: 'CustomerId', description: 'The id of a customer: the `sub` of their tokens.' });

/** The paths of things that belong to what is shown. */
export const links = <Name extends string>(...names: readonly Name[]) =>
  z
    .object(Object.fromEntries(names.map((name) => [name, z.string()])) as Record<Name, z.ZodString>)
    .describe('Paths at the same host.');

export const problem = z
  .object({
    type: z
      .enum([...(Object.keys(PROBLEMS) as ProblemKind[])].map(problemType))
      .or(z.literal('about:blank'))
      .describe(
        'Names the kind of problem, and is stable. `about:blank` when there is no more to say than the status does.',
      ),
    title: z.string().describe('The kind of problem in words.'),
    status: z.int().optional().describe('The status of the answer.'),
    detail: z.string().describe('What is wrong with this request.'),
    instance: z.string().describe('The path of the request.'),
    errors: z
      .array(
        z.union([
          z.object({ pointer: z.string().describe('Into the body (RFC 6901).'), detail: z.string() }),
          z.object({ parameter: z.string().describe('Of the query.'), detail: z.string() }),
        ]),
      )
      .optional()
      .describe('Each fault of a request that is not valid.'),
  })
  .meta({ id: 'Problem', description: 'A problem document (RFC 9457).' });
