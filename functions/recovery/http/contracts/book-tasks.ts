import * as z from 'zod';
import type { CommandRoute } from '../../../shared/http/command-route.ts';
import { type Contract, type Example, refused } from '../../../shared/http/contract.ts';
import { CONFLICTING_CHANGE, FORBIDDEN, PRECONDITION_FAILED } from '../../../shared/http/problems.ts';
import { TASKS } from '../../../shared/http/tags.ts';
import * as routes from '../../routes.ts';
import { TASK_NOT_AVAILABLE, TASK_NOT_FOUND } from '../problems.ts';
import { bookTask, changedBookTask, taskId } from './answers.ts';

/** The task and the transfer that the examples are about. Tests put others in their places. */
export const BOOK_TASK_ID = '6f1a2b1c-58f4-5d57-9c0e-7a0f3f9b2d44';
export const BROKEN_TRANSFER = 'E000000000044';
const NO_TASK = '00000000-0000-5000-8000-000000000000';
const pathOf = (id: string): string => `/api/v1/tasks/${id}`;
const AT = '2026-01-31T12:15:00.000Z';
const broken = { given: 'a transfer whose books break a rule', path: { taskId: BOOK_TASK_ID } } as const;
const noSuchTask = (more = ''): Example => ({
  name: 'unknown-task',
  summary: 'A task that there is not',
  path: { taskId: NO_TASK },
  answer: refused(
    TASK_NOT_FOUND,
    `No task about an article or a transfer has the id ${NO_TASK}; the task of an order is below its order.`,
    `${pathOf(NO_TASK)}${more}`,
  ),
});

const command = (route: CommandRoute, own: Pick<Contract, 'summary' | 'description' | 'examples'>): Contract => ({
  ...route,
  ...own,
  tag: TASKS,
  pathParameters: z.object({ taskId }),
  answers: {
    202: {
      description: 'The command is decided and recorded.',
      schema: changedBookTask,
      headers: ['Location', 'ETag', 'Idempotency-Replayed'],
    },
  },
  problems: [TASK_NOT_FOUND, TASK_NOT_AVAILABLE, CONFLICTING_CHANGE],
});
const accepted = (version: number, status: string): Example['answer'] => ({
  status: 202,
  body: { taskId: BOOK_TASK_ID, version, status, links: { self: pathOf(BOOK_TASK_ID) } },
});

/** Tasks about what no order stands behind: the stock of an article, and a transfer that quotes no reference. */
export const BOOK_TASK_CONTRACTS: readonly Contract[] = [
  {
    ...routes.getBookTask,
    tag: TASKS,
    summary: 'Read a task about an article or a transfer',
    description:
      'The books of an article’s stock, or of a transfer without a reference, break a rule, and no order stands behind them. The check of the books opens such a task, and resolves it when all rules hold again; until then an operator can claim, release and escalate it.',
    pathParameters: z.object({ taskId }),
    answers: { 200: { description: 'The task.', schema: bookTask, headers: ['ETag'] } },
    problems: [TASK_NOT_FOUND],
    examples: [
      {
        ...broken,
        name: 'a-transfer',
        summary: 'A transfer of which more is left than there should be',
        answer: {
          status: 200,
          body: {
            taskId: BOOK_TASK_ID,
            transferId: BROKEN_TRANSFER,
            status: 'open',
            kind: 'books',
            error: 'NothingUnmatched',
            openedAt: AT,
            dueAt: '2026-01-31T16:15:00.000Z',
            escalated: false,
            version: 1,
            overdue: false,
            what: 'The money of a transfer that quotes no reference of an order is not where it should be.',
            check: [
              'Read what breaks, and by how much: GET /api/v1/ledger/breaks.',
              'Look at the transfer: GET /api/v1/payments/transfers; and, once it was matched, at the history of its order.',
              'Post a correction when an entry is wrong: POST /api/v1/ledger/transfers/{transferId}/corrections. The next check of the books ends the task when all rules hold.',
            ],
            runbook: 'books-disagree',
            commands: ['claim', 'release', 'escalate'],
            history: [{ type: 'TaskOpened', occurredAt: AT, actor: { type: 'system', id: 'AuditBooks' } }],
            links: {
              self: pathOf(BOOK_TASK_ID),
              breaks: '/api/v1/ledger/breaks',
              about: '/api/v1/payments/transfers',
            },
          },
        },
      },
      noSuchTask(),
      {
        name: 'for-operators',
        summary: 'A customer as the caller',
        by: 'a customer',
        path: { taskId: NO_TASK },
        answer: refused(FORBIDDEN, 'This is for operators.', pathOf(NO_TASK)),
      },
    ],
  },
  command(routes.claimBookTask, {
    summary: 'Claim a task about an article or a transfer',
    description: 'The caller works at the task from now on: other operators cannot claim it.',
    examples: [
      {
        ...broken,
        name: 'claimed',
        summary: 'An open task',
        headers: { 'If-Match': '"1"' },
        answer: accepted(2, 'claimed'),
      },
      {
        ...broken,
        name: 'changed-since',
        summary: 'A task that has changed since it was read',
        headers: { 'If-Match': '"4"' },
        answer: refused(
          PRECONDITION_FAILED,
          'The task is at version 1, If-Match expects 4.',
          `${pathOf(BOOK_TASK_ID)}/claim`,
        ),
      },
      noSuchTask('/claim'),
    ],
  }),
  command(routes.releaseBookTask, {
    summary: 'Release a task about an article or a transfer',
    description: 'No operator works at the task any more. Any operator may do that: the claimant may be away.',
    examples: [
      { ...broken, name: 'not-claimed', summary: 'A task that is not claimed', answer: accepted(1, 'open') },
      noSuchTask('/release'),
    ],
  }),
  command(routes.escalateBookTask, {
    summary: 'Escalate a task about an article or a transfer',
    description:
      'An operator with more authority has to look at the task. The platform does that, too, when a task is overdue for long.',
    examples: [
      {
        ...broken,
        name: 'escalated',
        summary: 'With a reason',
        body: { comment: 'The bank has to be asked.' },
        answer: accepted(2, 'open'),
      },
      noSuchTask('/escalate'),
    ],
  }),
];
