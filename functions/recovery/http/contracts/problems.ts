import type { DocumentedProblem } from '../../../shared/http/documented-problems.ts';
import * as problems from '../problems.ts';

export const RECOVERY_PROBLEMS: readonly DocumentedProblem[] = [
  {
    ...problems.TASK_NOT_FOUND,
    meaning:
      'There is no such order, or it has no task with this id; or no task about an article or a transfer has it.',
  },
  {
    ...problems.TASK_NOT_AVAILABLE,
    meaning:
      'The task is resolved, another operator works at it, or no write-off is proposed; `detail` says which. Read the task again.',
  },
  {
    ...problems.EXECUTION_NOT_FOUND,
    meaning:
      'The order has no execution with this id, or Step Functions does not keep it any more: it does for 90 days after its end. The order’s own history stays.',
  },
];
