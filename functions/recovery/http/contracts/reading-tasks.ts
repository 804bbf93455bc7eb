import * as z from 'zod';
import { type Contract, refused, UNCHANGED } from '../../../shared/http/contract.ts';
import { orderId } from '../../../shared/http/fields.ts';
import { FORBIDDEN, INVALID_CURSOR, INVALID_REQUEST } from '../../../shared/http/problems.ts';
import { TASKS } from '../../../shared/http/tags.ts';
import * as routes from '../../routes.ts';
import { TASK_NOT_FOUND } from '../problems.ts';
import { task, taskId, taskList } from './answers.ts';
import { ORDER_ID, PATH, REVIEW, TASK_ID, TASK_PATH } from './examples.ts';

const LIST_PATH = '/api/v1/tasks';

export const READING_TASKS_CONTRACTS: readonly Contract[] = [
  {
    ...routes.listTasks,
    tag: TASKS,
    summary: 'List tasks',
    description:
      'What waits for people, first what is due first; a second or two behind. `links.self` leads to the task: below its order, or, when it is about an article or a transfer, below `/tasks`. Without `status`, all that are not resolved. A page can be short, or empty, and still have a `next`.',
    answers: { 200: { description: 'A page of tasks.', schema: taskList, headers: ['ETag'] }, 304: UNCHANGED },
    problems: [INVALID_CURSOR],
    examples: [
      {
        name: 'held-orders',
        summary: 'The held orders',
        given: 'a held order',
        query: { kind: 'review', limit: '100' },
        answer: {
          status: 200,
          body: { items: [{ ...REVIEW, links: { self: TASK_PATH } }], links: { self: LIST_PATH } },
        },
      },
      {
        name: 'unknown-parameter',
        summary: 'An unknown parameter',
        query: { state: 'open' },
        answer: refused(INVALID_REQUEST, 'state: This parameter is not known.', LIST_PATH, {
          errors: [{ parameter: 'state', detail: 'This parameter is not known.' }],
        }),
      },
      {
        name: 'for-operators',
        summary: 'A customer as the caller',
        by: 'a customer',
        answer: refused(FORBIDDEN, 'This is for operators.', LIST_PATH),
      },
    ],
  },
  {
    ...routes.getTask,
    tag: TASKS,
    summary: 'Read a task',
    description:
      'What failed and why, what is known and what is not, what to check, and what can be done. It is as new as the order’s history. `links.ask` asks the partner.',
    pathParameters: z.object({ orderId, taskId }),
    answers: { 200: { description: 'The task.', schema: task, headers: ['ETag'] } },
    problems: [TASK_NOT_FOUND],
    examples: [
      {
        name: 'review',
        summary: 'A held order',
        given: 'a held order',
        path: PATH,
        answer: {
          status: 200,
          body: {
            ...REVIEW,
            overdue: false,
            what: 'The order is held: nothing is reserved or charged until an operator approves it.',
            known: [],
            unknown: 'Nothing was done for the order yet.',
            check: [
              'Look at the order: its total, its customer, its address.',
              'Approve or reject the order; that ends the task.',
            ],
            runbook: 'tasks-overdue',
            commands: ['claim', 'release', 'escalate'],
            history: [],
            links: {
              self: TASK_PATH,
              order: `/api/v1/orders/${ORDER_ID}`,
              history: `/api/v1/orders/${ORDER_ID}/history`,
            },
          },
        },
      },
      {
        name: 'unknown',
        summary: 'An order without tasks',
        path: PATH,
        answer: refused(TASK_NOT_FOUND, `The order has no task ${TASK_ID}.`, TASK_PATH),
      },
    ],
  },
];
