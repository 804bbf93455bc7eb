import { commented } from '../command-requests.ts';
import { accepted, command, notWhile } from './command.ts';
import { ORDER_ID } from './examples.ts';

export const requestCancellation = command({
  operationId: 'cancelOrder',
  path: '/cancel',
  summary: 'Cancel an order',
  description:
    'At any point before the parcel is with the carrier, while the order is being carried out, too: what was done is undone, and money goes back. ' +
    'The order is `cancelling` until then, and `cancelled` afterwards; one that is held is `cancelled` at once. Cancelling again changes nothing.',
  callers: { customers: true, operators: 'orders:refund' },
  body: commented,
  examples: [
    {
      name: 'confirmed-order',
      summary: 'A confirmed order',
      path: { orderId: ORDER_ID },
      body: { comment: 'Found it cheaper.' },
      answer: accepted(7, 'cancelling'),
    },
    {
      name: 'held-order',
      summary: 'An order that waits for approval',
      given: 'a held order',
      path: { orderId: ORDER_ID },
      answer: accepted(2, 'cancelled'),
    },
    {
      name: 'shipped-order',
      summary: 'A parcel that is on its way',
      given: 'a shipped order',
      path: { orderId: ORDER_ID },
      answer: notWhile(
        '/cancel',
        'The order is shipped; RequestCancellation, which makes it cancelling, is possible only while it is held, created, inventory_reserved, ' +
          'payment_pending, payment_completed, payment_failed, processing, cancelling, cancelled.',
      ),
    },
  ],
});
