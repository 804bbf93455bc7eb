import * as z from 'zod';
import type { CommandRoute } from '../../../shared/http/command-route.ts';
import { type Contract, type Example, refused } from '../../../shared/http/contract.ts';
import { orderId } from '../../../shared/http/fields.ts';
import { CONFLICTING_CHANGE, PRECONDITION_FAILED, REQUEST_REFUSED } from '../../../shared/http/problems.ts';
import { TASKS } from '../../../shared/http/tags.ts';
import * as routes from '../../routes.ts';
import { TASK_NOT_AVAILABLE, TASK_NOT_FOUND } from '../problems.ts';
import { changedTask, taskId } from './answers.ts';
import { ORDER_ID, PATH, TASK_ID, TASK_PATH } from './examples.ts';

/** The contract of a command on one task: what all of them promise, and what is its own. */
const command = (route: CommandRoute, own: Pick<Contract, 'summary' | 'description' | 'examples'>): Contract => ({
  ...route,
  ...own,
  tag: TASKS,
  pathParameters: z.object({ orderId, taskId }),
  answers: {
    202: {
      description: 'The command is decided and recorded. Its effects follow.',
      schema: changedTask,
      headers: ['Location', 'ETag', 'Idempotency-Replayed'],
    },
  },
  problems: [TASK_NOT_FOUND, TASK_NOT_AVAILABLE, REQUEST_REFUSED, CONFLICTING_CHANGE],
});

const accepted = (version: number, status: string): Example['answer'] => ({
  status: 202,
  body: {
    orderId: ORDER_ID,
    taskId: TASK_ID,
    version,
    status,
    links: { self: TASK_PATH, order: `/api/v1/orders/${ORDER_ID}` },
  },
});

const unfinished = { given: 'a cancelled order whose payment is still captured', path: PATH } as const;
const held = { given: 'a held order', path: PATH } as const;
const notForReviews = (path: string): Example['answer'] =>
  refused(
    REQUEST_REFUSED,
    'This cannot be done with a task of the kind review. Approve or reject the order instead.',
    `${TASK_PATH}/${path}`,
  );

export const TASK_COMMAND_CONTRACTS: readonly Contract[] = [
  command(routes.claimTask, {
    summary: 'Claim a task',
    description: 'The caller works at the task from now on: other operators cannot resume, settle or claim it.',
    examples: [
      {
        ...held,
        name: 'claimed',
        summary: 'A held order',
        headers: { 'If-Match': '"1"' },
        answer: accepted(2, 'claimed'),
      },
      {
        ...held,
        name: 'changed-since',
        summary: 'An order that has changed since it was read',
        headers: { 'If-Match': '"4"' },
        answer: refused(PRECONDITION_FAILED, 'The order is at version 1, If-Match expects 4.', `${TASK_PATH}/claim`),
      },
    ],
  }),
  command(routes.releaseTask, {
    summary: 'Release a task',
    description: 'No operator works at the task any more. Any operator may do that: the claimant may be away.',
    examples: [{ ...held, name: 'not-claimed', summary: 'A task that is not claimed', answer: accepted(1, 'open') }],
  }),
  command(routes.escalateTask, {
    summary: 'Escalate a task',
    description:
      'An operator with more authority has to look at the task. The platform does that, too, when a task is overdue for long.',
    examples: [
      {
        ...held,
        name: 'escalated',
        summary: 'With a reason',
        body: { comment: 'The customer is a reseller.' },
        answer: accepted(2, 'open'),
      },
    ],
  }),
  command(routes.resumeTask, {
    summary: 'Resume a task',
    description:
      'The platform tries again what failed, and goes on from there. The task stays open until that succeeds. For every kind but reviews.',
    examples: [
      {
        ...unfinished,
        name: 'resumed',
        summary: 'After a call to the partner',
        body: { comment: 'The gateway has unlocked the payment.' },
        answer: accepted(11, 'open'),
      },
      { ...held, name: 'a-review', summary: 'A held order', answer: notForReviews('resume') },
    ],
  }),
  command(routes.markDoneOutside, {
    summary: 'Mark a task done outside',
    description:
      'The caller did at the partner what the platform could not do. `evidence` says what proves it; it stays with the order and is not published. For compensations and refunds.',
    examples: [
      {
        ...unfinished,
        name: 'done-outside',
        summary: 'With the reference of the partner',
        body: { evidence: 'Refunded by telephone; the gateway’s reference is R-7741.' },
        answer: accepted(11, 'resolved'),
      },
    ],
  }),
  command(routes.proposeWriteOff, {
    summary: 'Propose to write a task off',
    description:
      'It is to be left undone, for the reason in `comment`. Another operator has to agree; a resume, a claim or a release withdraws the proposal. For compensations and refunds.',
    examples: [
      {
        ...unfinished,
        name: 'proposed',
        summary: 'With the reason',
        body: { comment: 'The customer got a voucher instead.' },
        answer: accepted(11, 'write_off_proposed'),
      },
      {
        ...held,
        name: 'a-review',
        summary: 'A held order',
        body: { comment: 'Too old.' },
        answer: notForReviews('write-off'),
      },
    ],
  }),
  command(routes.approveWriteOff, {
    summary: 'Approve a write-off',
    description:
      'The caller agrees that the task is left undone. It must be another operator than the one that proposed it.',
    examples: [
      {
        given: 'a cancelled order whose payment another operator wants to write off',
        path: PATH,
        name: 'written-off',
        summary: 'By another operator',
        body: { comment: 'Agreed.' },
        answer: accepted(12, 'resolved'),
      },
      {
        ...unfinished,
        name: 'nothing-proposed',
        summary: 'A task that nobody wants to write off',
        answer: refused(
          TASK_NOT_AVAILABLE,
          'No write-off is proposed, or it was withdrawn since.',
          `${TASK_PATH}/approve-write-off`,
        ),
      },
    ],
  }),
];
