import { refused } from '../../../shared/http/contract.ts';
import { refundRequest } from '../command-requests.ts';
import { accepted, command } from './command.ts';
import { ORDER_ID, ORDER_PATH, REFUND_ID } from './examples.ts';

export const refundOrder = command({
  operationId: 'refundOrder',
  path: '/refunds',
  summary: 'Give money back',
  description:
    'All that is left (`full`), what was paid for some units (`items`, discounts counted), or an amount. The order’s `refunds` say whether it is ' +
    '`requested`, `refunded` or `failed`. When all of the payment went back, the order is `refunded`; ' +
    'before the parcel has left that is a cancellation, and refused here.',
  callers: { operators: 'orders:refund' },
  body: refundRequest,
  names: 'refundId',
  problems: ['request-refused'],
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
      summary: 'All of it',
      given: 'a shipped order',
      path: { orderId: ORDER_ID },
      body: { type: 'full' },
      answer: accepted(8, 'shipped', { refundId: REFUND_ID }),
    },
    {
      name: 'everything-too-early',
      summary: 'All of it, before the parcel has left',
      path: { orderId: ORDER_ID },
      body: { type: 'full' },
      answer: refused(
        'request-refused',
        'This would give all of the payment back before the parcel has left. Cancel the order instead.',
        `${ORDER_PATH}/refunds`,
      ),
    },
    {
      name: 'more-than-ordered',
      summary: 'More units than were ordered',
      path: { orderId: ORDER_ID },
      body: { type: 'items', items: [{ sku: 'TSHIRT', quantity: 3 }] },
      answer: refused('request-refused', '3 of TSHIRT cannot go back: 2 are left.', `${ORDER_PATH}/refunds`),
    },
  ],
});
