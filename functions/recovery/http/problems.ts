/** The types of problems that only requests about tasks and executions have. */
import type { ProblemType } from '../../shared/http/problems.ts';

export const TASK_NOT_FOUND: ProblemType = { kind: 'task-not-found', status: 404, title: 'There is no such task' };
export const TASK_NOT_AVAILABLE: ProblemType = {
  kind: 'task-not-available',
  status: 409,
  title: 'The task does not allow this now',
};
export const EXECUTION_NOT_FOUND: ProblemType = {
  kind: 'execution-not-found',
  status: 404,
  title: 'There is no such execution',
};
