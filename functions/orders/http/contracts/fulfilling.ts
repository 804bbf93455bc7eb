import { type Contract } from '../../../shared/http/contract.ts';
import * as routes from '../../routes.ts';
import { accepted, command, notWhile } from './command.ts';
import { ORDER_ID } from './examples.ts';

export const FULFILLING_CONTRACTS: readonly Contract[] = [
  command(routes.shipOrder, {
    summary: 'Record that the carrier has the parcel',
    description: 'From then on the order cannot be cancelled any more.',
    examples: [
      {
        name: 'handed-over',
        summary: 'A confirmed order',
        path: { orderId: ORDER_ID },
        answer: accepted(7, 'shipped'),
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
    summary: 'Record that the customer has the parcel',
    description: 'The order is `delivered`.',
    examples: [
      {
        name: 'arrived',
        summary: 'A shipped order',
        given: 'a shipped order',
        path: { orderId: ORDER_ID },
        answer: accepted(8, 'delivered'),
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
