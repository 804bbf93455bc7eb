import * as z from 'zod';
import type { Contract } from '../../../shared/http/contract.ts';
import { links, money, orderId, timestamp } from '../../../shared/http/fields.ts';
import { ORDER_NOT_FOUND } from '../../../shared/http/problems.ts';
import { TASKS } from '../../../shared/http/tags.ts';
import { TRACKED_STATUSES } from '../../domain/tracking.ts';
import * as routes from '../../routes.ts';

const ORDER_ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const PATH = `/api/v1/orders/${ORDER_ID}/shipment/at-carrier`;

const shipmentId = z.string().describe('The carrier’s own id of the booking.');
const shipment = z.discriminatedUnion('status', [
  z.object({ status: z.literal('none') }),
  z.object({ status: z.literal('refused').describe('The carrier does not deliver to the address.') }),
  z.object({
    status: z.literal('booked'),
    shipmentId,
    carrier: z.string(),
    trackingNumber: z.string(),
    revision: z.int().min(1).describe('The version of the order’s event that the booking was made for.'),
    service: z.string().optional(),
    labelUrl: z.string().optional(),
    cost: money.optional(),
    estimatedDeliveryAt: timestamp.optional(),
    reports: z
      .array(z.object({ reportId: z.string(), status: z.enum(TRACKED_STATUSES), at: timestamp }))
      .optional()
      .describe('What the carrier has said of the parcel, in the order in which it was said.'),
  }),
  z.object({ status: z.literal('cancelled'), shipmentId }),
  z.object({ status: z.literal('withdrawn').describe('Cancelled before it was booked.') }),
]);

export const ASKING_CARRIER_CONTRACTS: readonly Contract[] = [
  {
    ...routes.askCarrier,
    tag: TASKS,
    summary: 'Ask the carrier about an order',
    description:
      'What the carrier has of the first shipment of the order at this moment; nothing is recorded. While the carrier does not answer, or its circuit is open, the answer is 503.',
    pathParameters: z.object({ orderId }),
    answers: {
      200: {
        description: 'The shipment, as the carrier has it.',
        schema: z.object({ orderId, shipment, links: links('self') }).meta({ id: 'ShipmentAtCarrier' }),
      },
    },
    problems: [ORDER_NOT_FOUND],
    examples: [
      {
        name: 'booked',
        summary: 'A confirmed order',
        path: { orderId: ORDER_ID },
        answer: {
          status: 200,
          body: {
            orderId: ORDER_ID,
            shipment: {
              status: 'booked',
              shipmentId: 'shp_1',
              carrier: 'SIM-EXPRESS',
              trackingNumber: 'SE000000000001CN',
              revision: 1,
            },
            links: { self: PATH },
          },
        },
      },
    ],
  },
];
