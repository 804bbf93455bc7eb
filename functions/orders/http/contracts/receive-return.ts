import * as z from 'zod';
import { refused } from '../../../shared/http/contract.ts';
import { nothing } from '../command-requests.ts';
import { accepted, command } from './command.ts';
import { ORDER_ID, ORDER_PATH, RETURN_ID } from './examples.ts';

const UNKNOWN_RETURN_ID = '01890a5d-ac96-774b-bcce-b302099a8f00';

export const receiveReturn = command({
  operationId: 'receiveReturn',
  path: '/returns/{returnId}/receive',
  parameters: { returnId: z.uuid() },
  summary: 'Say that returned goods are back',
  description:
    'What was paid for the goods and has not gone back yet is refunded. They are not put back on sale: that is for the warehouse to say.',
  callers: { operators: 'orders:refund' },
  body: nothing,
  problems: ['return-not-found'],
  examples: [
    {
      name: 'goods-back',
      summary: 'A return that was announced',
      given: 'a delivered order with a return',
      path: { orderId: ORDER_ID, returnId: RETURN_ID },
      answer: accepted(11, 'delivered'),
    },
    {
      name: 'unknown-return',
      summary: 'A return that nobody announced',
      given: 'a delivered order',
      path: { orderId: ORDER_ID, returnId: UNKNOWN_RETURN_ID },
      answer: refused(
        'return-not-found',
        `The order has no return ${UNKNOWN_RETURN_ID}.`,
        `${ORDER_PATH}/returns/${UNKNOWN_RETURN_ID}/receive`,
      ),
    },
  ],
});
