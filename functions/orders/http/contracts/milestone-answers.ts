/** What the API shows of the milestones of an order. */
import * as z from 'zod';
import { timestamp } from '../../../shared/http/fields.ts';
import { MILESTONES } from '../../domain/milestones.ts';

export const estimatedDeliveryAt = timestamp
  .optional()
  .describe('By when the customer can expect the last parcel. Absent when the shop promises nothing.');

export const milestone = z
  .object({
    name: z
      .enum(MILESTONES)
      .describe(
        '`confirmed` when the order is paid and its parcels are booked, `shipped` with the first parcel, `out_for_delivery` when a carrier has said so of one, `delivered` with the last. ' +
          'An order that is cancelled, or is being cancelled, ends with `cancelled`, and nothing else is to come.',
      ),
    promisedAt: timestamp
      .optional()
      .describe('By when it was promised as the order was placed. It never changes. Absent when nothing was promised.'),
    expectedAt: timestamp
      .optional()
      .describe(
        'By when it is expected: as promised, later by as long as the order has waited for approval, goods or its payment; the delivery as the carriers estimate it. Absent when nothing is known.',
      ),
    metAt: timestamp.optional().describe('When it was met; absent while it is to come.'),
    late: z.boolean().describe('Whether it was met after `promisedAt`, or is not met though that time has passed.'),
  })
  .meta({ id: 'Milestone', description: 'A step of an order’s way that its customer is shown.' });
