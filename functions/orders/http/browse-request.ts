import * as z from 'zod';
import { CANCELLATION_REASONS, ORDER_STATUSES, PAYMENT_METHODS } from '../../published/order-events.ts';
import { limitParameter } from '../../shared/http/page-limit.ts';
import { PAYMENT_STATUSES, SHIPMENT_STATUSES } from '../domain/lists.ts';
import { moment, notAfter } from './list-request.ts';

const minorUnits = z
  .string()
  .regex(/^(0|[1-9]\d{0,14})$/, {
    error: ({ input }) => `"${String(input)}" is no amount; expected whole minor units, such as 8800 for ¥88.00.`,
  })
  .meta({ type: 'integer', minimum: 0 })
  .transform(Number)
  .optional();

/** The query of `GET /api/v1/orders`. Times and amounts are inclusive. */
export const browseQuery = z
  .strictObject({
    status: z.enum(ORDER_STATUSES).optional(),
    paymentMethod: z.enum(PAYMENT_METHODS).optional(),
    paymentStatus: z.enum(PAYMENT_STATUSES).optional(),
    shipmentStatus: z.enum(SHIPMENT_STATUSES).optional(),
    reason: z.enum(CANCELLATION_REASONS).optional(),
    parked: z
      .literal('true')
      .transform(() => true as const)
      .optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, {
        error: ({ input }) => `"${String(input)}" is no currency; expected its three letters, such as CNY.`,
      })
      .optional(),
    minTotal: minorUnits,
    maxTotal: minorUnits,
    from: moment('00:00:00.000').optional(),
    to: moment('23:59:59.999').optional(),
    limit: limitParameter,
    cursor: z.string().optional(),
  })
  .refine(...notAfter)
  .refine(({ minTotal, maxTotal, currency }) => currency !== undefined || (minTotal ?? maxTotal) === undefined, {
    path: ['currency'],
    error: 'It is missing; expected the currency that the amounts are in, such as CNY.',
  })
  .refine(({ minTotal = 0, maxTotal = Number.POSITIVE_INFINITY }) => minTotal <= maxTotal, {
    path: ['minTotal'],
    error: 'It is more than `maxTotal`; expected the smaller amount here.',
  });
