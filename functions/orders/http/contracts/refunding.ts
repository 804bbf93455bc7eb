import * as z from 'zod';
import { type Contract, refused } from '../../../shared/http/contract.ts';
import { REQUEST_REFUSED } from '../../../shared/http/problems.ts';
import * as routes from '../../routes.ts';
import { RETURN_NOT_FOUND } from '../problems.ts';
import { accepted, command, notWhile } from './command.ts';
import { ORDER_ID, ORDER_PATH, REFUND_ID, RETURN_ID } from './examples.ts';

const UNKNOWN_RETURN_ID = '01890a5d-ac96-774b-bcce-b302099a8f00';

export const REFUNDING_CONTRACTS: readonly Contract[] = [
  command(routes.refundOrder, {
    summary: 'Refund an order',
    description:
      'All that is left (`full`), what was paid for some units (`items`, discounts counted), or an amount. The order’s `refunds` say whether it is ' +
      '`requested`, `refunded` or `failed`. When all of the payment went back, the order is `refunded`; ' +
      'before the parcel has left that is a cancellation, and refused here.',
    problems: [REQUEST_REFUSED],
    examples: [
      {
        name: 'some-units',
        summary: 'One of two T-shirts',
        path: { orderId: ORDER_ID },
        body: { type: 'items', items: [{ sku: 'TSHIRT', quantity: 1 }], comment: 'A stain.' },
        answer: accepted(7, 'processing', { refundId: REFUND_ID }),
      },
      {
        name: 'an-amount',
        summary: '¥5.00',
        path: { orderId: ORDER_ID },
        body: { type: 'amount', amount: { amount: 500, currency: 'CNY' } },
        answer: accepted(7, 'processing', { refundId: REFUND_ID }),
      },
      {
        name: 'everything',
        summary: 'The whole payment',
        given: 'a shipped order',
        path: { orderId: ORDER_ID },
        body: { type: 'full' },
        answer: accepted(8, 'shipped', { refundId: REFUND_ID }),
      },
      {
        name: 'everything-too-early',
        summary: 'The whole payment, before the parcel has left',
        path: { orderId: ORDER_ID },
        body: { type: 'full' },
        answer: refused(
          REQUEST_REFUSED,
          'This would refund the whole payment before the parcel has left. Cancel the order instead.',
          `${ORDER_PATH}/refunds`,
        ),
      },
      {
        name: 'more-than-ordered',
        summary: 'More units than were ordered',
        path: { orderId: ORDER_ID },
        body: { type: 'items', items: [{ sku: 'TSHIRT', quantity: 3 }] },
        answer: refused(REQUEST_REFUSED, '3 of TSHIRT cannot go back: 2 are left.', `${ORDER_PATH}/refunds`),
      },
    ],
  }),
  command(routes.requestReturn, {
    summary: 'Request a return',
    description: 'Once the parcel is with the carrier. Units that are on their way back already do not count twice.',
    problems: [REQUEST_REFUSED],
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
        summary: 'Goods that are not shipped yet',
        path: { orderId: ORDER_ID },
        body: { items: [{ sku: 'TSHIRT', quantity: 1 }] },
        answer: notWhile(
          '/returns',
          'The order is processing; RequestReturn is possible only while it is shipped, delivered.',
        ),
      },
    ],
  }),
  command(routes.receiveReturn, {
    pathParameters: { returnId: z.uuid() },
    summary: 'Record that returned goods have arrived',
    description:
      'What was paid for the goods and has not gone back yet is refunded. Putting them back on sale is a decision of the shop.',
    problems: [RETURN_NOT_FOUND],
    examples: [
      {
        name: 'goods-back',
        summary: 'A requested return',
        given: 'a delivered order with a return',
        path: { orderId: ORDER_ID, returnId: RETURN_ID },
        answer: accepted(11, 'delivered'),
      },
      {
        name: 'unknown-return',
        summary: 'A return that was not requested',
        given: 'a delivered order',
        path: { orderId: ORDER_ID, returnId: UNKNOWN_RETURN_ID },
        answer: refused(
          RETURN_NOT_FOUND,
          `The order has no return ${UNKNOWN_RETURN_ID}.`,
          `${ORDER_PATH}/returns/${UNKNOWN_RETURN_ID}/receive`,
        ),
      },
    ],
  }),
];
