import { Problem } from '../../shared/http/problem.ts';
import { PRECONDITION_FAILED } from '../../shared/http/problems.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { BookTaskCommandRefusal } from '../../shared/tasks/change-book-task.ts';
import { TASK_NOT_AVAILABLE, TASK_NOT_FOUND } from './problems.ts';
import { claimedByAnother, TASK_IS_RESOLVED } from './problems-of-task-refusals.ts';

/** No task about a book of no order has this id. */
export const bookTaskNotFound = (taskId: string): Problem =>
  new Problem(
    TASK_NOT_FOUND,
    `No task about an article or a transfer has the id ${taskId.slice(0, 64)}; the task of an order is below its order.`,
  );

/** The problem that an operator gets when a command on a task about a book of no order is refused. */
export function problemOfBookTaskRefusal(taskId: string, refusal: BookTaskCommandRefusal): Problem {
  switch (refusal.kind) {
    case 'unknown-task':
      return bookTaskNotFound(taskId);
    case 'task-resolved':
      return new Problem(TASK_NOT_AVAILABLE, TASK_IS_RESOLVED);
    case 'claimed-by-another':
      return new Problem(TASK_NOT_AVAILABLE, claimedByAnother(refusal.claimant));
    case 'task-at-other-version':
      return new Problem(
        PRECONDITION_FAILED,
        `The task is at version ${refusal.actual}, If-Match expects ${refusal.expected}.`,
      );
    default:
      return assertNever(refusal);
  }
}
