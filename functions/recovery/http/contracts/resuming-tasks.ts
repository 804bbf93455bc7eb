import { type Contract, refused } from '../../../shared/http/contract.ts';
import { FORBIDDEN, INVALID_CURSOR } from '../../../shared/http/problems.ts';
import { TASKS } from '../../../shared/http/tags.ts';
import * as routes from '../../routes.ts';
import { resumedTasks } from './answers.ts';

export const RESUMING_TASKS_CONTRACTS: readonly Contract[] = [
  {
    ...routes.resumeTasks,
    tag: TASKS,
    summary: 'Resume all tasks of one cause',
    description:
      'Has the platform try again what one cause has left to people, 25 tasks at a time; each has a result of its own. `dryRun` says what would be resumed and resumes nothing.',
    answers: {
      200: { description: 'One result for each task.', schema: resumedTasks, headers: ['Idempotency-Replayed'] },
    },
    problems: [INVALID_CURSOR],
    examples: [
      {
        name: 'dry-run',
        summary: 'What would be resumed',
        body: {
          cause: { kind: 'compensation', step: 'CancelShipment', error: 'CarrierUnavailable' },
          dryRun: true,
        },
        answer: { status: 200, body: { dryRun: true, results: [] } },
      },
      {
        name: 'for-operators',
        summary: 'A customer as the caller',
        by: 'a customer',
        body: { cause: { kind: 'refund' }, dryRun: true },
        answer: refused(FORBIDDEN, 'This is for operators.', '/api/v1/tasks/resume'),
      },
    ],
  },
];
