/** What the API shows to those who pack. */
import * as z from 'zod';
import { links, next, orderId, timestamp } from '../../../shared/http/fields.ts';
import { shippingAddress } from '../order-request.ts';
import { unitsOf } from './units.ts';

const namedUnits = unitsOf.extend({ name: z.string() });

const parcelToPack = z
  .object({
    orderId,
    shipmentId: z.string(),
    location: z.string().optional().describe('Where it leaves.'),
    carrier: z.string(),
    service: z.string().optional().describe('The carrier’s product.'),
    trackingNumber: z.string().optional(),
    labelUrl: z.string().optional(),
    items: z.array(namedUnits).describe('What goes into it.'),
    shippingAddress,
    orderedAt: timestamp,
    links: links('order'),
  })
  .meta({ id: 'ParcelToPack', description: 'A parcel that the carrier has booked and that has not left.' });

export const parcelsToPack = z
  .object({
    items: z.array(parcelToPack).describe('Those of the oldest order first; those of one order together.'),
    picks: z.array(namedUnits).describe('The units that the parcels of this page need, by article.'),
    next,
    links: links('self'),
  })
  .meta({ id: 'ParcelsToPack' });
