import type { DocumentedProblem } from '../../../shared/http/documented-problems.ts';
import * as problems from '../problems.ts';

export const RECOVERY_PROBLEMS: readonly DocumentedProblem[] = [
  { ...problems.TASK_NOT_FOUND, meaning: 'There is no such order, or it has no task with this id.' },
  {
    ...problems.TASK_NOT_AVAILABLE,
    meaning:
      'The task is resolved, another operator works at it, or no write-off is proposed; `detail` says which. Read the task again.',
  },
];
