import { type Contract, refused } from '../../../shared/http/contract.ts';
import { order } from './answers.ts';
import { ORDER, ORDER_ID, UNKNOWN_ORDER_ID } from './examples.ts';
import { orderPath } from './order-path.ts';

export const getOrder: Contract = {
  operationId: 'getOrder',
  method: 'GET',
  path: '/orders/{orderId}',
  tag: 'Orders',
  summary: 'Read an order',
  description: 'Never older than the 202 of any request that changed the order.',
  callers: { customers: true, operators: 'orders:read' },
  request: { path: orderPath },
  answers: { 200: { description: 'The order.', schema: order } },
  problems: ['order-not-found'],
  examples: [
    {
      name: 'order',
      summary: 'An order that is charged, with its parcel arranged',
      path: { orderId: ORDER_ID },
      answer: { status: 200, body: ORDER },
    },
    {
      name: 'unknown-order',
      summary: 'An id that no order of the caller has',
      path: { orderId: UNKNOWN_ORDER_ID },
      answer: refused(
        'order-not-found',
        `There is no order ${UNKNOWN_ORDER_ID}.`,
        `/api/v1/orders/${UNKNOWN_ORDER_ID}`,
      ),
    },
  ],
};
