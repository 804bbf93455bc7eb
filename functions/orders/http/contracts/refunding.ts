import { type Contract, refused } from '../../../shared/http/contract.ts';
import { REQUEST_REFUSED } from '../../../shared/http/problems.ts';
import * as routes from '../../routes.ts';
import { accepted, command } from './command.ts';
import { ORDER_ID, ORDER_PATH, REFUND_ID } from './examples.ts';

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
];
