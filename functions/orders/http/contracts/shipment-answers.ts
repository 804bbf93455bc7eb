/** What the API shows of the shipments of an order. */
import * as z from 'zod';
import { money, timestamp } from '../../../shared/http/fields.ts';
import { PARCEL_STATUSES } from '../../domain/shipments.ts';
import { units } from './units.ts';

const parcel = {
  shipmentId: z.string().describe('The carrier’s own id of the booking.'),
  carrier: z.string(),
  trackingNumber: z.string(),
};
export const shipment = z
  .discriminatedUnion('status', [
    z.object({ status: z.literal('pending') }),
    z.object({ status: z.literal('arranged'), ...parcel }),
    z.object({ status: z.literal('cancelled'), ...parcel }),
  ])
  .meta({
    id: 'Shipment',
    description:
      'How far all shipments together are, with the booking of the first. `pending` until all are booked; for an order that is cancelled before, that stays so.',
  });

export const orderShipment = z
  .object({
    shipmentId: z.string(),
    status: z
      .enum(PARCEL_STATUSES)
      .describe(
        '`planned` before the carrier has booked it, `handed_over` once the carrier has it; after that as the carrier tells.',
      ),
    items: units.describe('What is in the parcel.'),
    location: z.string().optional().describe('Where it leaves.'),
    carrier: z.string(),
    service: z.string().optional().describe('The carrier’s product.'),
    bookingId: z.string().optional().describe('The carrier’s own id of the booking.'),
    trackingNumber: z.string().optional(),
    labelUrl: z.string().optional(),
    cost: money.optional().describe('What the carrier takes for it.'),
    estimatedDeliveryAt: timestamp.optional(),
    handedOverAt: timestamp.optional(),
    deliveredAt: timestamp.optional(),
    trackedAt: timestamp.optional().describe('When what the carrier has told last happened.'),
  })
  .meta({ id: 'OrderShipment', description: 'One parcel of an order.' });
