import { nothing } from '../command-requests.ts';
import { accepted, command, notWhile } from './command.ts';
import { ORDER_ID } from './examples.ts';

export const shipOrder = command({
  operationId: 'shipOrder',
  path: '/ship',
  summary: 'Say that the carrier has the parcel',
  description: 'From then on the order cannot be cancelled any more.',
  callers: { operators: 'orders:fulfil' },
  body: nothing,
  examples: [
    { name: 'handed-over', summary: 'A confirmed order', path: { orderId: ORDER_ID }, answer: accepted(7, 'shipped') },
    {
      name: 'not-arranged',
      summary: 'An order without a parcel',
      given: 'a held order',
      path: { orderId: ORDER_ID },
      answer: notWhile(
        '/ship',
        'The order is held; ShipOrder, which makes it shipped, is possible only while it is processing.',
      ),
    },
  ],
});
