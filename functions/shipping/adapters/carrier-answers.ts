/** The carrier's answers in our words. */
import * as z from 'zod';
import type { PartnerAnswer } from '../../shared/outbound/partner-exchange.ts';
import type { Shipment } from '../domain/shipment.ts';

const text = z.string().min(1);

const shipment: z.ZodType<Shipment> = z.discriminatedUnion('status', [
  z.object({ status: z.literal('booked'), shipmentId: text, carrier: text, trackingNumber: text, revision: z.int() }),
  z.object({ status: z.literal('cancelled'), shipmentId: text }),
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
