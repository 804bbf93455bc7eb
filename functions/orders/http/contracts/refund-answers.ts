/** What the API shows of money and goods that go back. */
import * as z from 'zod';
import { money, timestamp } from '../../../shared/http/fields.ts';
import { REJECTION_REASONS, RETURN_REASONS } from '../../domain/event-data.ts';
import { RETURN_STATUSES } from '../../domain/state.ts';
import { units, unitsOf } from './units.ts';

export const refund = z
  .object({
    refundId: z.uuid(),
    status: z.enum(['requested', 'refunded', 'failed']),
    amount: money,
    lines: units.describe('The units that it is for; empty for an amount.'),
    restockingFee: money
      .optional()
      .describe(
        'What the shop keeps of the price of the units: `amount` is without it. Of a refund that has failed it keeps nothing.',
      ),
    outside: z
      .literal(true)
      .optional()
      .describe('A person has made it outside of the platform: `payment.refunded` does not have it.'),
  })
  .meta({ id: 'Refund' });

export const orderReturn = z
  .object({
    returnId: z.uuid(),
    status: z
      .enum(RETURN_STATUSES)
      .describe(
        '`partly_received` when some units are decided and others are not. Once all are: `received` when some were accepted, ' +
          'else `rejected` when some were rejected, else `expired` when nothing came in time, else `withdrawn`.',
      ),
    reason: z.enum(RETURN_REASONS).optional().describe('Absent when the customer has given none.'),
    lines: units.describe('The units that it was requested for.'),
    accepted: units.describe('What was paid for these goes back.'),
    rejected: z.array(unitsOf.extend({ reason: z.enum(REJECTION_REASONS), comment: z.string().optional() })),
    withdrawn: units.describe('These will not come.'),
    restockingFeeBasisPoints: z
      .int()
      .min(1)
      .max(10_000)
      .optional()
      .describe(
        'The part of its refunds that the shop keeps, in hundredths of a percent. Absent when it keeps nothing.',
      ),
    expectedUntil: timestamp
      .optional()
      .describe('While nothing has come: when the return expires. Absent when it waits for ever.'),
    expiredAt: timestamp
      .optional()
      .describe(
        'Nothing had come by then. Its units are not awaited, and can be returned again; what comes of it is still taken.',
      ),
  })
  .meta({ id: 'Return' });
