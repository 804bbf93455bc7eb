import * as z from 'zod';
import { type Contract, refused } from '../../../shared/http/contract.ts';
import { FORBIDDEN, INVALID_CURSOR } from '../../../shared/http/problems.ts';
import type { Tag } from '../../../shared/http/tags.ts';
import * as routes from '../../routes.ts';
import { LETTER_NOT_AVAILABLE, LETTER_NOT_FOUND } from '../problems.ts';
import { changedLetter, letter, letterId, letterList, resentLetters } from './answers.ts';

const DEAD_LETTERS: Tag = {
  name: 'Dead letters',
  description: 'Messages that could not be handled, or not be delivered, in any queue. For operators.',
};

const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const unknownAt = (path = '') =>
  refused(
    LETTER_NOT_FOUND,
    `There is no dead letter ${UNKNOWN}, or it is kept no longer.`,
    `/api/v1/dead-letters/${UNKNOWN}${path}`,
  );

const command = (
  route: typeof routes.resendDeadLetter | typeof routes.dismissDeadLetter,
  own: Pick<Contract, 'summary' | 'description' | 'examples'>,
): Contract => ({
  ...route,
  ...own,
  tag: DEAD_LETTERS,
  pathParameters: z.object({ letterId }),
  answers: {
    202: {
      description: 'It is done; what comes of it follows.',
      schema: changedLetter,
      headers: ['Location', 'Idempotency-Replayed'],
    },
  },
  problems: [LETTER_NOT_FOUND, LETTER_NOT_AVAILABLE],
});

export const DEAD_LETTER_CONTRACTS: readonly Contract[] = [
  {
    ...routes.listDeadLetters,
    tag: DEAD_LETTERS,
    summary: 'List dead letters',
    description:
      'Those that are not done, first what was filed first; with a `state` that is done, the last one first. A minute at most after a message has become one.',
    answers: { 200: { description: 'One page.', schema: letterList } },
    problems: [INVALID_CURSOR],
    examples: [
      {
        name: 'none',
        summary: 'A queue without any',
        query: { queue: 'SagaStarts' },
        answer: {
          status: 200,
          body: {
            items: [],
            counts: { waiting: 0, resent: 0, failed_again: 0, more: false },
            links: { self: '/api/v1/dead-letters' },
          },
        },
      },
      {
        name: 'for-operators',
        summary: 'A customer as the caller',
        by: 'a customer',
        answer: refused(FORBIDDEN, 'This is for operators.', '/api/v1/dead-letters'),
      },
    ],
  },
  {
    ...routes.getDeadLetter,
    tag: DEAD_LETTERS,
    summary: 'Read a dead letter',
    description: 'Its message, the error, and what was done about it. Nothing is taken away by looking.',
    pathParameters: z.object({ letterId }),
    answers: { 200: { description: 'The letter.', schema: letter } },
    problems: [LETTER_NOT_FOUND],
    examples: [
      { name: 'unknown', summary: 'A letter that is not there', path: { letterId: UNKNOWN }, answer: unknownAt() },
    ],
  },
  command(routes.resendDeadLetter, {
    summary: 'Resend a dead letter',
    description:
      'Its message goes to its queue again, as it is and with the same event id: every consumer knows what it has done. The letter is `handled` when its consumer says so, and `failed_again` when it comes back. Correct first what it failed on.',
    examples: [
      {
        name: 'unknown',
        summary: 'A letter that is not there',
        path: { letterId: UNKNOWN },
        body: { reason: 'The function is mended.' },
        answer: unknownAt('/resend'),
      },
    ],
  }),
  command(routes.dismissDeadLetter, {
    summary: 'Dismiss a dead letter',
    description: 'Nothing is to be done about it, for the reason given. It is kept for 30 days more.',
    examples: [
      {
        name: 'unknown',
        summary: 'A letter that is not there',
        path: { letterId: UNKNOWN },
        body: { reason: 'The next call has done its work.' },
        answer: unknownAt('/dismiss'),
      },
    ],
  }),
  {
    ...routes.resendDeadLetters,
    tag: DEAD_LETTERS,
    summary: 'Resend the dead letters of a filter',
    description:
      'Resends what is not done and fits the filter, 25 letters at a time, each with a result of its own. `dryRun` says what would be resent and resends nothing. A `filedBefore` keeps out what was filed since the dry run.',
    answers: {
      200: { description: 'One result for each letter.', schema: resentLetters, headers: ['Idempotency-Replayed'] },
    },
    problems: [INVALID_CURSOR],
    examples: [
      {
        name: 'dry-run',
        summary: 'What would be resent',
        body: { dryRun: true, filter: { queue: 'SagaStarts', error: 'EventRefused' } },
        answer: { status: 200, body: { dryRun: true, results: [] } },
      },
      {
        name: 'for-operators',
        summary: 'A customer as the caller',
        by: 'a customer',
        body: { dryRun: true, filter: { queue: 'SagaStarts' } },
        answer: refused(FORBIDDEN, 'This is for operators.', '/api/v1/dead-letters/resend'),
      },
    ],
  },
];
