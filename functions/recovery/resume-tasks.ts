import type { Handler } from 'aws-lambda';
import { oncePerKey } from '../shared/edge/command-request.ts';
import { endpoint } from '../shared/edge/endpoint.ts';
import type { Idempotency } from '../shared/edge/idempotency.ts';
import { limited } from '../shared/edge/limited.ts';
import { Cursors } from '../shared/http/cursor.ts';
import { type ResumeTasksDeps, resumeTasks as resume } from './application/resume-tasks.ts';
import { taskCommands, tasks } from './composition.ts';
import { resumedTasks } from './http/resumed-tasks.ts';
import { placeInTasks } from './http/task-requests.ts';
import { resumeTasks } from './routes.ts';

/** `POST /api/v1/tasks/resume`: has the platform try again what one cause has left to people, or says what that would be. */
export const makeHandler = ({ idempotency, ...deps }: ResumeTasksDeps & { readonly idempotency: Idempotency }) =>
  endpoint(resumeTasks, async (http) => {
    const { answer, replayed } = await oncePerKey(http, { idempotency }, async ({ cursor, ...request }, origin) => {
      const cursors = new Cursors(placeInTasks, request.cause);
      const page = await resume(deps, { ...request, after: cursors.decode(cursor) }, origin);
      return resumedTasks(page, request.dryRun, cursors);
    });
    return { status: 200, headers: { ...(replayed ? { 'Idempotency-Replayed': 'true' } : {}) }, body: answer };
  });

export const handler: Handler = limited(makeHandler({ ...taskCommands(), tasks: tasks() }));
