import { type Contract, refused } from '../../../shared/http/contract.ts';
import { PRECONDITION_FAILED } from '../../../shared/http/problems.ts';
import * as routes from '../../routes.ts';
import { accepted, command, notWhile } from './command.ts';
import { ORDER_ID, ORDER_PATH } from './examples.ts';

export const REVIEWING_CONTRACTS: readonly Contract[] = [
  command(routes.approveOrder, {
    summary: 'Approve a held order',
    description:
      'Orders from an amount on that the deployment sets wait for it. Nothing is reserved or charged before.',
    examples: [
      {
        name: 'approved',
        summary: 'The version that was read',
        given: 'a held order',
        path: { orderId: ORDER_ID },
        headers: { 'If-Match': '"1"' },
        answer: accepted(2, 'created'),
      },
      {
        name: 'changed-since',
        summary: 'An order that has changed since it was read',
        given: 'a held order',
        path: { orderId: ORDER_ID },
        headers: { 'If-Match': '"4"' },
        answer: refused(PRECONDITION_FAILED, 'The order is at version 1, If-Match expects 4.', `${ORDER_PATH}/approve`),
      },
    ],
  }),
  command(routes.rejectOrder, {
    summary: 'Reject a held order',
    description: 'The order is `cancelled` at once.',
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
        summary: 'An order that is not held',
        path: { orderId: ORDER_ID },
        answer: notWhile(
          '/reject',
          'The order is processing; RejectOrder, which makes it cancelled, is possible only while it is held.',
        ),
      },
    ],
  }),
];
