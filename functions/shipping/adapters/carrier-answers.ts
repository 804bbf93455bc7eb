/** The carrier's answers in our words. */
import * as z from 'zod';
import { money } from '../../shared/kernel/money.ts';
import type { PartnerAnswer } from '../../shared/outbound/partner-exchange.ts';
import type { Shipment } from '../domain/shipment.ts';
import { type CarrierReport, TRACKED_STATUSES } from '../domain/tracking.ts';

const text = z.string().min(1);

/** A step of the way that we do not follow is left out. */
const reports = z.array(z.object({ id: text, status: z.string(), happenedAt: z.iso.datetime() })).transform((told) =>
  told.flatMap(({ id, status, happenedAt }): CarrierReport[] => {
    const known = TRACKED_STATUSES.find((each) => each === status);
    return known ? [{ reportId: id, status: known, at: new Date(happenedAt).toISOString() }] : [];
  }),
);

const booked = z
  .object({
    status: z.literal('booked'),
    shipmentId: text,
    carrier: text,
    trackingNumber: text,
    revision: z.int(),
    service: text.optional(),
    labelUrl: z.url().optional(),
    cost: z
      .object({ amount: z.int().nonnegative(), currency: z.string().regex(/^[A-Z]{3}$/) })
      .transform(({ amount, currency }) => money(amount, currency))
      .optional(),
    estimatedDeliveryAt: z.iso.datetime().optional(),
    tracking: reports.optional(),
  })
  .transform(({ shipmentId: bookingId, tracking, ...shipment }) => ({
    ...shipment,
    bookingId,
    ...(tracking && { reports: tracking }),
  }));

const shipment: z.ZodType<Shipment> = z.union([
  booked,
  z
    .object({ status: z.literal('cancelled'), shipmentId: text })
    .transform(({ status, shipmentId }) => ({ status, bookingId: shipmentId })),
  z.object({ status: z.literal('refused') }),
  z.object({ status: z.literal('withdrawn') }),
]);

const refused = z.object({ error: z.literal('address-refused') }).transform((): Shipment => ({ status: 'refused' }));

/** The 404 of another server, such as at a wrong base URL, must not pass for a shipment that is not there. */
const unknown = z.object({ error: z.literal('unknown-shipment') }).transform((): Shipment => ({ status: 'none' }));

const BY_STATUS: Readonly<Record<number, z.ZodType<Shipment>>> = {
  200: shipment,
  201: shipment,
  404: unknown,
  422: refused,
};

/** The shipment that an answer shows; undefined when it shows none. */
export function shipmentIn({ status, body }: PartnerAnswer): Shipment | undefined {
  return BY_STATUS[status]?.safeParse(body).data;
}
