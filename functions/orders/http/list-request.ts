import * as z from 'zod';
import { ORDER_STATUSES } from '../../published/order-events.ts';
import { limitParameter } from '../../shared/http/page-limit.ts';
import type { PlaceInList } from '../application/ports.ts';

const noMoment = ({ input }: { readonly input?: unknown }): string =>
  `"${String(input)}" is no moment of the calendar; expected a day such as 2026-01-31 or a time such as 2026-01-31T12:00:00Z, in the years 0000 to 9999.`;

/** @param ofDay the time that a day stands for, in UTC */
export const moment = (ofDay: string) =>
  z
    .union([
      z.iso.date({ error: noMoment }).transform((day) => `${day}T${ofDay}Z`),
      z.iso.datetime({ offset: true, error: noMoment }),
    ])
    .transform((text) => new Date(text).toISOString())
    .refine((iso) => /^\d{4}-/.test(iso), { error: noMoment });

interface Times {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}
/** What a query with both times is refined by. */
export const notAfter: [
  (times: Times) => boolean,
  { path: PropertyKey[]; error: (issue: { readonly input?: unknown }) => string },
] = [
  ({ from, to }) => from === undefined || to === undefined || from <= to,
  {
    path: ['from'],
    error: ({ input }) => {
      const { from, to } = input as Times;
      return `${from} is after \`to\`, ${to}; expected the earlier one here.`;
    },
  },
];

/** The query of `GET /api/v1/orders/customer/{customerId}`. Both times are inclusive: a day is the whole of it, in UTC. */
export const listQuery = z
  .strictObject({
    status: z.enum(ORDER_STATUSES).optional(),
    from: moment('00:00:00.000').optional(),
    to: moment('23:59:59.999').optional(),
    limit: limitParameter,
    cursor: z.string().optional(),
  })
  .refine(...notAfter);

/** The content of the list's cursor. */
export const placeInList: z.ZodType<PlaceInList> = z.strictObject({
  createdAt: z.iso.datetime({ precision: 3 }),
  orderId: z.uuid(),
});

/** Whether an order of that place was placed within the times. */
export const isWithinTimes = ({ createdAt }: Pick<PlaceInList, 'createdAt'>, { from, to }: Times): boolean =>
  createdAt >= (from ?? '') && createdAt <= (to ?? '~');
