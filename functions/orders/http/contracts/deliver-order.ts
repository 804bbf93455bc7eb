import { nothing } from '../command-requests.ts';
import { accepted, command, notWhile } from './command.ts';
import { ORDER_ID } from './examples.ts';

export const deliverOrder = command({
  operationId: 'deliverOrder',
  path: '/deliver',
  summary: 'Say that the customer has the parcel',
  description: 'The order is `delivered`.',
  callers: { operators: 'orders:fulfil' },
  body: nothing,
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
      summary: 'A parcel that the carrier does not have',
      path: { orderId: ORDER_ID },
      answer: notWhile(
        '/deliver',
        'The order is processing; DeliverOrder, which makes it delivered, is possible only while it is shipped.',
      ),
    },
  ],
});
