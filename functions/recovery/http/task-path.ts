/** The ids in the path of a task. A text that is no id is answered like an id that does not exist. */
import { Problem } from '../../shared/http/problem.ts';
import type { ApiRequest } from '../../shared/http/request.ts';
import { type OrderId, parseOrderId } from '../../shared/kernel/ids.ts';
import type { TaskCommandType } from '../domain/decide-task.ts';
import { TASK_NOT_FOUND } from './problems.ts';

export interface TaskPath {
  readonly orderId: OrderId;
  readonly taskId: string;
}

/** @throws Problem 404 */
export function taskPathOf({ pathParameters }: Pick<ApiRequest, 'pathParameters'>): TaskPath {
  const { orderId = '', taskId = '' } = pathParameters;
  try {
    return { orderId: parseOrderId(orderId), taskId };
  } catch (cause) {
    throw taskNotFound(taskId, cause);
  }
}

export const taskNotFound = (taskId: string, cause?: unknown): Problem =>
  new Problem(TASK_NOT_FOUND, `The order has no task ${taskId.slice(0, 64)}.`, { cause });

/** @param orderId absent for a task about a book of no order */
export const linkToTask = ({ orderId, taskId }: { readonly orderId?: string | undefined; readonly taskId: string }) =>
  orderId === undefined ? `/api/v1/tasks/${taskId}` : `/api/v1/orders/${orderId}/tasks/${taskId}`;

/** The last part of the path at which each command is sent. */
export const COMMAND_PATHS = {
  ClaimTask: 'claim',
  ReleaseTask: 'release',
  EscalateTask: 'escalate',
  ResumeTask: 'resume',
  MarkDoneOutside: 'done-outside',
  ProposeWriteOff: 'write-off',
  ApproveWriteOff: 'approve-write-off',
} as const satisfies Record<TaskCommandType, string>;
