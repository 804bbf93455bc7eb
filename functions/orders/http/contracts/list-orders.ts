import { type Contract, refused } from '../../../shared/http/contract.ts';
import { listQuery } from '../list-request.ts';
import { orderList } from './answers.ts';
import { ORDER, ORDER_PATH } from './examples.ts';
import { customerPath } from './order-path.ts';

const LIST_PATH = '/api/v1/orders/customer/C1';

export const listOrders: Contract = {
  operationId: 'listOrders',
  method: 'GET',
  path: '/orders/customer/{customerId}',
  tag: 'Orders',
  summary: "List a customer's orders",
  description:
    'Newest first, a second or two behind. A page of a query with `status` can be short, or empty, and still have a `next`.',
  callers: { customers: true, operators: 'orders:read' },
  request: { path: customerPath, query: listQuery },
  answers: { 200: { description: 'A page of orders.', schema: orderList } },
  problems: ['customer-not-found', 'invalid-cursor'],
  examples: [
    {
      name: 'first-page',
      summary: 'The newest orders of this year that are charged',
      path: { customerId: 'C1' },
      query: { status: 'processing', from: '2026-01-01', limit: '20' },
      answer: {
        status: 200,
        body: {
          items: [
            {
              orderId: ORDER.orderId,
              customerId: 'C1',
              status: 'processing',
              parked: false,
              total: ORDER.total,
              units: 3,
              createdAt: ORDER.createdAt,
              updatedAt: ORDER.updatedAt,
              version: 6,
              links: { self: ORDER_PATH },
            },
          ],
          links: { self: LIST_PATH },
        },
      },
    },
    {
      name: 'unknown-parameter',
      summary: 'A parameter that is not known',
      path: { customerId: 'C1' },
      query: { state: 'processing' },
      answer: refused('invalid-request', 'state: This parameter is not known.', LIST_PATH, {
        errors: [{ parameter: 'state', detail: 'This parameter is not known.' }],
      }),
    },
    {
      name: 'strange-cursor',
      summary: 'A cursor that is none',
      path: { customerId: 'C1' },
      query: { cursor: 'more' },
      answer: refused('invalid-cursor', 'This is no cursor; take `next` of an answer as it is.', LIST_PATH),
    },
  ],
};
