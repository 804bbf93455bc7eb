import { keyReused, orderAtOtherVersion } from '../../shared/http/command-problems.ts';
import { Problem } from '../../shared/http/problem.ts';
import { FORBIDDEN, REQUEST_REFUSED } from '../../shared/http/problems.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { TaskCommandRefusal } from '../application/command-task.ts';
import type { TaskKind } from '../domain/event-data.ts';
import { TASK_NOT_AVAILABLE } from './problems.ts';
import { taskNotFound } from './task-path.ts';

const INSTEAD: Readonly<Record<TaskKind, string>> = {
  review: 'Approve or reject the order instead.',
  compensation: 'It has to be done.',
  completion: 'Only the platform can record the end of an order: have it try again.',
  refund: 'It has to be done.',
  transfer: 'It has to be done.',
  parcel: 'Resend or refund what was in the parcel, and say so as done outside.',
  stuck: 'Have the platform try again, or cancel the order.',
  books: 'The next check of the books ends it when all rules hold.',
};

export const TASK_IS_RESOLVED = 'The task is resolved.';
export const claimedByAnother = (claimant: string): string =>
  `The operator ${claimant} works at this task; release it first.`;

/** The problem that an operator gets when a command on a task is refused. */
export function problemOfTaskRefusal(taskId: string, refusal: TaskCommandRefusal): Problem {
  switch (refusal.kind) {
    case 'unknown-task':
    case 'order-not-found':
      return taskNotFound(taskId);
    case 'task-resolved':
      return new Problem(TASK_NOT_AVAILABLE, TASK_IS_RESOLVED);
    case 'claimed-by-another':
      return new Problem(TASK_NOT_AVAILABLE, claimedByAnother(refusal.claimant));
    case 'no-write-off-proposed':
      return new Problem(TASK_NOT_AVAILABLE, 'No write-off is proposed, or it was withdrawn since.');
    case 'proposed-by-the-same':
      return new Problem(FORBIDDEN, 'Another operator has to approve the write-off.');
    case 'not-for-this-kind':
      return new Problem(
        REQUEST_REFUSED,
        `This cannot be done with a task of the kind ${refusal.of}. ${INSTEAD[refusal.of]}`,
      );
    case 'version-mismatch':
      return orderAtOtherVersion(refusal);
    case 'command-reused':
      return keyReused();
    default:
      return assertNever(refusal);
  }
}
