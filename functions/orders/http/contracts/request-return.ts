import { returnRequest } from '../command-requests.ts';
import { accepted, command, notWhile } from './command.ts';
import { ORDER_ID, RETURN_ID } from './examples.ts';

export const requestReturn = command({
  operationId: 'requestReturn',
  path: '/returns',
  summary: 'Announce that goods come back',
  description: 'Once the parcel is with the carrier. Units that are on their way back already do not count twice.',
  callers: { customers: true, operators: 'orders:fulfil' },
  body: returnRequest,
  names: 'returnId',
  problems: ['request-refused'],
  examples: [
    {
      name: 'one-of-two',
      summary: 'One of two T-shirts',
      given: 'a delivered order',
      path: { orderId: ORDER_ID },
      body: { items: [{ sku: 'TSHIRT', quantity: 1 }], comment: 'Too small.' },
      answer: accepted(9, 'delivered', { returnId: RETURN_ID }),
    },
    {
      name: 'not-shipped',
      summary: 'Goods that have not left',
      path: { orderId: ORDER_ID },
      body: { items: [{ sku: 'TSHIRT', quantity: 1 }] },
      answer: notWhile(
        '/returns',
        'The order is processing; RequestReturn is possible only while it is shipped, delivered.',
      ),
    },
  ],
});
