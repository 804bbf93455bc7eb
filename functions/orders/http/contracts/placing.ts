import { type Contract, refused } from '../../../shared/http/contract.ts';
import { IDEMPOTENCY_KEY_REUSED, INVALID_REQUEST, REQUEST_REFUSED } from '../../../shared/http/problems.ts';
import * as routes from '../../routes.ts';
import { DISCOUNT_NOT_APPLICABLE, NOTHING_TO_CHARGE, ORDER_TOO_LARGE, UNKNOWN_SKU } from '../problems.ts';
import { acceptedOrder } from './answers.ts';
import { ORDER_ID, ORDER_PATH, SHIPPING_ADDRESS } from './examples.ts';
import { ORDERS } from './tags.ts';

const BODY = {
  customerId: 'C1',
  items: [
    { sku: 'COFFEE-1KG', quantity: 1 },
    { sku: 'TSHIRT', quantity: 2 },
  ],
  shippingAddress: SHIPPING_ADDRESS,
  paymentMethod: { type: 'card', token: 'tok_ok' },
};

export const PLACING_CONTRACTS: readonly Contract[] = [
  {
    ...routes.createOrder,
    tag: ORDERS,
    summary: 'Place an order',
    description:
      'Prices come from the catalogue as it is now. The answer says that the order is stored, not that it will succeed: follow `links.self`. ' +
      'The same article twice is one line. Discount codes apply in their order, each to what those before it left.',
    answers: {
      202: {
        description: 'The order is stored, and its saga starts.',
        schema: acceptedOrder,
        headers: ['Location', 'Idempotency-Replayed'],
      },
    },
    problems: [
      UNKNOWN_SKU,
      DISCOUNT_NOT_APPLICABLE,
      NOTHING_TO_CHARGE,
      ORDER_TOO_LARGE,
      REQUEST_REFUSED,
      IDEMPOTENCY_KEY_REUSED,
    ],
    examples: [
      {
        name: 'two-articles',
        summary: 'Two articles, paid by card',
        headers: { 'Idempotency-Key': '5f1c6a52' },
        body: BODY,
        answer: {
          status: 202,
          body: {
            orderId: ORDER_ID,
            total: { amount: 34_600, currency: 'CNY' },
            status: 'created',
            estimatedDeliveryAt: '2026-02-07T12:00:00.000Z',
            links: { self: ORDER_PATH, history: `${ORDER_PATH}/history` },
          },
        },
      },
      {
        name: 'discount-code',
        summary: 'With a discount code',
        body: { ...BODY, discountCodes: ['TEN-PERCENT'] },
        answer: {
          status: 202,
          body: {
            orderId: ORDER_ID,
            total: { amount: 31_140, currency: 'CNY' },
            status: 'created',
            estimatedDeliveryAt: '2026-02-07T12:00:00.000Z',
            links: { self: ORDER_PATH, history: `${ORDER_PATH}/history` },
          },
        },
      },
      {
        name: 'discount-not-applicable',
        summary: 'A discount code that has expired',
        body: { ...BODY, discountCodes: ['SUMMER-2025'] },
        answer: refused(DISCOUNT_NOT_APPLICABLE, 'The discount code SUMMER-2025 is not valid now.', '/api/v1/orders'),
      },
      {
        name: 'unknown-article',
        summary: 'An article that the catalogue does not list',
        body: { ...BODY, items: [{ sku: 'UNICORN', quantity: 1 }] },
        answer: refused(UNKNOWN_SKU, 'The catalogue does not list UNICORN.', '/api/v1/orders'),
      },
      {
        name: 'price-from-client',
        summary: 'An unknown field, and a quantity that is not possible',
        body: { ...BODY, items: [{ sku: 'TSHIRT', quantity: 0, unitPrice: 1 }] },
        answer: refused(
          INVALID_REQUEST,
          '/items/0/quantity: It is 0; expected at least 1.; /items/0/unitPrice: This field is not known.',
          '/api/v1/orders',
          {
            errors: [
              { pointer: '/items/0/quantity', detail: 'It is 0; expected at least 1.' },
              { pointer: '/items/0/unitPrice', detail: 'This field is not known.' },
            ],
          },
        ),
      },
    ],
  },
];
