import * as z from 'zod';
import { type Contract, refused, UNCHANGED } from '../../../shared/http/contract.ts';
import { orderId } from '../../../shared/http/fields.ts';
import { FORBIDDEN, INVALID_CURSOR, ORDER_NOT_FOUND } from '../../../shared/http/problems.ts';
import { TASKS } from '../../../shared/http/tags.ts';
import * as routes from '../../routes.ts';
import { EXECUTION_NOT_FOUND } from '../problems.ts';
import { ORDER_ID } from './examples.ts';
import { executionHistory, executionId, executionList } from './execution-answers.ts';

const LIST_PATH = `/api/v1/orders/${ORDER_ID}/executions`;
const NO_ORDER = '01890a5d-ac96-774b-bcce-b302099a8000';
const historyPath = (id: string): string => `${LIST_PATH}/${id}/history`;

/** What Step Functions knows of an order. */
export const EXECUTION_CONTRACTS: readonly Contract[] = [
  {
    ...routes.listExecutions,
    tag: TASKS,
    summary: 'List the executions of an order',
    description:
      'The executions of the order’s sagas in Step Functions, by the time of their beginning. Step Functions keeps each for 90 days after its end; the history of the order itself stays.',
    pathParameters: z.object({ orderId }),
    answers: {
      200: {
        description: 'The executions.',
        schema: executionList,
        headers: ['ETag'],
      },
      304: UNCHANGED,
    },
    problems: [ORDER_NOT_FOUND],
    examples: [
      {
        name: 'executions',
        summary: 'A confirmed order',
        given: 'a confirmed order',
        path: { orderId: ORDER_ID },
        answer: {
          status: 200,
          body: {
            orderId: ORDER_ID,
            items: [
              {
                executionId: 'order.1',
                saga: 'order',
                status: 'succeeded',
                startedAt: '2026-01-31T12:00:00.400Z',
                endedAt: '2026-01-31T12:00:03.100Z',
                arn: `arn:aws:states:us-east-1:000000000000:execution:OrderSaga:${ORDER_ID}`,
                links: { history: historyPath('order.1') },
              },
            ],
            links: { self: LIST_PATH },
          },
        },
      },
      {
        name: 'unknown-order',
        summary: 'An id that no order has',
        path: { orderId: NO_ORDER },
        answer: refused(ORDER_NOT_FOUND, `There is no order ${NO_ORDER}.`, `/api/v1/orders/${NO_ORDER}/executions`),
      },
      {
        name: 'for-operators',
        summary: 'A customer as the caller',
        by: 'a customer',
        path: { orderId: ORDER_ID },
        answer: refused(FORBIDDEN, 'This is for operators.', LIST_PATH),
      },
    ],
  },
  {
    ...routes.getExecutionHistory,
    tag: TASKS,
    summary: 'Read the history of an execution',
    description:
      'What Step Functions has recorded of an execution: each state with its input and output, each attempt with its error. Orders’ sagas carry ids alone, so that no personal data is in it. A cursor is valid for a day.',
    pathParameters: z.object({ orderId, executionId }),
    answers: {
      200: {
        description: 'A page of events.',
        schema: executionHistory,
        headers: ['ETag'],
      },
      304: UNCHANGED,
    },
    problems: [EXECUTION_NOT_FOUND, ORDER_NOT_FOUND, INVALID_CURSOR],
    examples: [
      {
        name: 'history',
        summary: 'The beginning of a confirmed order’s saga',
        given: 'a confirmed order',
        path: { orderId: ORDER_ID, executionId: 'order.1' },
        query: { limit: '2' },
        answer: {
          status: 200,
          body: {
            orderId: ORDER_ID,
            executionId: 'order.1',
            events: [
              {
                id: 1,
                previousId: 0,
                type: 'ExecutionStarted',
                at: '2026-01-31T12:00:00.400Z',
                details: { input: `{"orderId":"${ORDER_ID}"}` },
              },
              {
                id: 2,
                previousId: 0,
                type: 'TaskStateEntered',
                at: '2026-01-31T12:00:00.410Z',
                state: 'ReserveInventory',
                details: { input: `{"orderId":"${ORDER_ID}"}` },
              },
            ],
            next: 'eyJxdWVyeSI6IjR',
            links: { self: historyPath('order.1') },
          },
        },
      },
      {
        name: 'unknown-execution',
        summary: 'An execution that there is not',
        path: { orderId: ORDER_ID, executionId: 'order.7' },
        answer: refused(
          EXECUTION_NOT_FOUND,
          'The order has no execution order.7, or none any more.',
          historyPath('order.7'),
        ),
      },
    ],
  },
];
