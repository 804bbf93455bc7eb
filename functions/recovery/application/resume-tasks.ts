/** Has the platform try again everything that one cause has left to people. */
import { v5 } from 'uuid';
import type { CommandDeps, CommandOrigin } from '../../shared/commands/carry-out.ts';
import { decideTask, type TaskCommand } from '../domain/decide-task.ts';
import type { TaskSummary } from '../domain/task-summary.ts';
import { tasksOf } from '../domain/tasks-of-order.ts';
import { commandTask, lately, type TaskCommandRefusal } from './command-task.ts';
import type { ListedTask, PlaceInTasks, TaskList } from './task-ports.ts';

export interface ResumeTasksDeps extends CommandDeps {
  readonly tasks: TaskList;
}

export interface ResumeTasksRequest {
  readonly cause: Partial<Pick<TaskSummary, 'kind' | 'step' | 'error' | 'partner'>>;
  /** Says what would be resumed, and resumes nothing. */
  readonly dryRun: boolean;
  readonly comment?: string | undefined;
  readonly limit: number;
  readonly after?: PlaceInTasks | undefined;
}

export interface ResumeResult {
  readonly task: ListedTask;
  /** Why it was not, or would not be, resumed. */
  readonly refusal?: TaskCommandRefusal;
}

/** Resumes one page of the tasks, each on its own: that one is refused does not keep the others from going on. */
export async function resumeTasks(
  deps: ResumeTasksDeps,
  { cause, dryRun, comment, limit, after }: ResumeTasksRequest,
  { id, ...origin }: CommandOrigin,
): Promise<{ readonly results: readonly ResumeResult[]; readonly next?: PlaceInTasks }> {
  const { items, next } = await deps.tasks.page(cause, limit, after);
  const results = await Promise.all(
    items.map(async (task): Promise<ResumeResult> => {
      const { orderId, taskId, kind } = task;
      if (orderId === undefined) {
        return { task, refusal: { kind: 'not-for-this-kind', command: 'ResumeTask', of: kind } };
      }
      const command: TaskCommand = {
        type: 'ResumeTask',
        orderId,
        taskId,
        by: origin.actor.id,
        ...(comment === undefined ? {} : { comment }),
      };
      const done = dryRun
        ? decideTask(tasksOf(await deps.log.read(orderId)), command, lately(deps))
        : await commandTask(deps, { ...origin, id: v5(taskId, id), command });
      return done.ok ? { task } : { task, refusal: done.refusal };
    }),
  );
  return { results, ...(next ? { next } : {}) };
}
