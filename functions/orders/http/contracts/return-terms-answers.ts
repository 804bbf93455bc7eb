/** What the API shows of what returns give back. */
import * as z from 'zod';
import { links, money, orderId, timestamp } from '../../../shared/http/fields.ts';
import { RETURN_REASONS } from '../../domain/event-data.ts';
import { units, unitsOf } from './units.ts';

const days = z.int().min(1).optional();

const refundable = z.object({
  restockingFeeBasisPoints: z
    .int()
    .min(0)
    .max(10_000)
    .describe('The part of a refund that the shop keeps, in hundredths of a percent; the fee is rounded down.'),
  restockingFee: money,
  refund: money.describe('What goes back to the customer: without the fee.'),
});

export const returnTerms = z
  .object({
    orderId,
    version: z.int().min(1).describe('The number of the last event of the order that is taken into account.'),
    windowDays: days.describe(
      'For how many days after the delivery of the last parcel customers can request a return. Absent when they always can.',
    ),
    until: timestamp
      .optional()
      .describe('When these days end. Absent without `windowDays`, and while the last parcel is not delivered.'),
    sendWithinDays: days.describe(
      'How many days after its request a return expires of which nothing has come. Absent when it waits for ever.',
    ),
    lines: z
      .array(
        unitsOf.extend({
          name: z.string(),
          unitAmount: money.describe(
            'For one unit, before the fee. Parts of a price are rounded: for another one it may be a minor unit more or less.',
          ),
          amount: money.describe('For all of these units, before the fee, when no others come back.'),
        }),
      )
      .describe(
        'What the caller can request a return of: nothing before the first parcel has left, and for customers after `until`. ' +
          'Units that came back or are awaited are left out, and what was refunded before is not refunded again.',
      ),
    amount: money.describe('For all units of `lines` together, before the fee.'),
    reasons: z
      .array(refundable.extend({ reason: z.enum(RETURN_REASONS) }))
      .describe('What becomes of `amount`, by the reason of the return. One without a reason is as one for `other`.'),
    returns: z
      .array(refundable.extend({ returnId: z.uuid(), lines: units }))
      .describe(
        'What the returns of which goods can be received give back, when all undecided units are accepted: by the fee that each was requested with.',
      ),
    links: links('self', 'order'),
  })
  .meta({ id: 'ReturnTerms' });
