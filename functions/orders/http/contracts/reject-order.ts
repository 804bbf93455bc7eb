import { commented } from '../command-requests.ts';
import { accepted, command, notWhile } from './command.ts';
import { ORDER_ID } from './examples.ts';

export const rejectOrder = command({
  operationId: 'rejectOrder',
  path: '/reject',
  summary: 'Turn a held order down',
  description: 'The order is `cancelled` at once.',
  callers: { operators: 'orders:approve' },
  body: commented,
  examples: [
    {
      name: 'rejected',
      summary: 'With a comment',
      given: 'a held order',
      path: { orderId: ORDER_ID },
      body: { comment: 'Card and address do not fit.' },
      answer: accepted(2, 'cancelled'),
    },
    {
      name: 'not-held',
      summary: 'An order that waits for nobody',
      path: { orderId: ORDER_ID },
      answer: notWhile(
        '/reject',
        'The order is processing; RejectOrder, which makes it cancelled, is possible only while it is held.',
      ),
    },
  ],
});
