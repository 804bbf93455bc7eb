import * as z from 'zod';
import { type Contract, refused } from '../../../shared/http/contract.ts';
import { SHIPMENT_ID } from '../../../shared/kernel/shipment-id.ts';
import * as routes from '../../routes.ts';
import { SHIPMENT_NOT_FOUND } from '../problems.ts';
import { accepted, command, notWhile } from './command.ts';
import { ORDER_ID, ORDER_PATH } from './examples.ts';

const SHIPMENT = { orderId: ORDER_ID, shipmentId: ORDER_ID };
const NO_SHIPMENT = { orderId: ORDER_ID, shipmentId: `${ORDER_ID}_9` };
const shipment = {
  pathParameters: { shipmentId: z.string().regex(SHIPMENT_ID).describe('One of `shipments` of the order.') },
  problems: [SHIPMENT_NOT_FOUND],
};
const noShipment = (action: string) =>
  refused(
    SHIPMENT_NOT_FOUND,
    `The order has no shipment ${NO_SHIPMENT.shipmentId}.`,
    `${ORDER_PATH}/shipments/${NO_SHIPMENT.shipmentId}/${action}`,
  );

export const FULFILLING_CONTRACTS: readonly Contract[] = [
  command(routes.shipOrder, {
    summary: 'Record that the carrier has all parcels',
    description: 'From then on the order cannot be cancelled any more.',
    examples: [
      {
        name: 'handed-over',
        summary: 'A confirmed order',
        path: { orderId: ORDER_ID },
        answer: accepted(9, 'shipped'),
      },
      {
        name: 'not-arranged',
        summary: 'An order without a shipment',
        given: 'a held order',
        path: { orderId: ORDER_ID },
        answer: notWhile(
          '/ship',
          'The order is held; ShipOrder, which makes it shipped, is possible only while it is processing.',
        ),
      },
    ],
  }),
  command(routes.deliverOrder, {
    summary: 'Record that the customer has all parcels',
    description: 'The order is `delivered`. A parcel that was not handed over has left all the same.',
    examples: [
      {
        name: 'arrived',
        summary: 'A shipped order',
        given: 'a shipped order',
        path: { orderId: ORDER_ID },
        answer: accepted(12, 'delivered'),
      },
      {
        name: 'still-here',
        summary: 'A parcel that is not with the carrier',
        path: { orderId: ORDER_ID },
        answer: notWhile(
          '/deliver',
          'The order is processing; DeliverOrder, which makes it delivered, is possible only while it is shipped.',
        ),
      },
    ],
  }),
];

/** The same of one parcel. */
export const PARCEL_CONTRACTS: readonly Contract[] = [
  command(routes.handOverShipment, {
    ...shipment,
    summary: 'Record that the carrier has a parcel',
    description:
      'The order is `shipped` with the first of its parcels, and cannot be cancelled any more. What is in the parcel is sold. Handing it over again changes nothing.',
    examples: [
      {
        name: 'first-parcel',
        summary: 'A parcel of a confirmed order',
        path: SHIPMENT,
        answer: accepted(9, 'shipped'),
      },
      {
        name: 'no-such-parcel',
        summary: 'A parcel that the order does not have',
        path: NO_SHIPMENT,
        answer: noShipment('hand-over'),
      },
    ],
  }),
  command(routes.deliverShipment, {
    ...shipment,
    summary: 'Record that the customer has a parcel',
    description:
      'For carriers that do not tell. The order is `delivered` with the last of its parcels; one that is lost or comes back is not waited for. Delivering it again changes nothing.',
    examples: [
      {
        name: 'last-parcel',
        summary: 'The only parcel of a shipped order',
        given: 'a shipped order',
        path: SHIPMENT,
        answer: accepted(12, 'delivered'),
      },
      {
        name: 'unknown-parcel',
        summary: 'A parcel that the order does not have',
        given: 'a shipped order',
        path: NO_SHIPMENT,
        answer: noShipment('deliver'),
      },
    ],
  }),
];
