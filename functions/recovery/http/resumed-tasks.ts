import type { Cursors } from '../../shared/http/cursor.ts';
import type { ResumeResult } from '../application/resume-tasks.ts';
import type { PlaceInTasks } from '../application/task-ports.ts';
import { problemOfTaskRefusal } from './problems-of-task-refusals.ts';
import { linkToTask } from './task-path.ts';

interface ResumedPage {
  readonly results: readonly ResumeResult[];
  readonly next?: PlaceInTasks;
}

/** The answer with one result for each task of a page. */
export const resumedTasks = ({ results, next }: ResumedPage, dryRun: boolean, cursors: Cursors<PlaceInTasks>) => ({
  dryRun,
  results: results.map(({ task: { orderId, taskId }, refusal }) => ({
    ...(orderId === undefined ? {} : { orderId }),
    taskId,
    outcome: refusal ? 'refused' : dryRun ? 'would_resume' : 'resumed',
    ...(refusal ? { detail: problemOfTaskRefusal(taskId, refusal).message } : {}),
    links: { self: linkToTask({ orderId, taskId }) },
  })),
  ...(next ? { next: cursors.encode(next) } : {}),
});
