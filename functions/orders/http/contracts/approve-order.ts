import { refused } from '../../../shared/http/contract.ts';
import { nothing } from '../command-requests.ts';
import { accepted, command } from './command.ts';
import { ORDER_ID, ORDER_PATH } from './examples.ts';

export const approveOrder = command({
  operationId: 'approveOrder',
  path: '/approve',
  summary: 'Approve a held order',
  description: 'Orders from an amount on that the deployment sets wait for it. Nothing is reserved or charged before.',
  callers: { operators: 'orders:approve' },
  body: nothing,
  examples: [
    {
      name: 'approved',
      summary: 'As it was read',
      given: 'a held order',
      path: { orderId: ORDER_ID },
      headers: { 'If-Match': '"1"' },
      answer: accepted(2, 'created'),
    },
    {
      name: 'changed-since',
      summary: 'An order that is not any more as it was read',
      given: 'a held order',
      path: { orderId: ORDER_ID },
      headers: { 'If-Match': '"4"' },
      answer: refused('precondition-failed', 'The order is at version 1, If-Match expects 4.', `${ORDER_PATH}/approve`),
    },
  ],
});
