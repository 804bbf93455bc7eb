import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { bookTaskCommands } from './composition.ts';
import { bookTaskCommandEndpoint } from './http/book-task-command-endpoint.ts';
import { claimBookTask } from './routes.ts';

/** `POST /api/v1/tasks/{taskId}/claim`: the operator works at the task from now on. */
export const makeHandler = bookTaskCommandEndpoint(claimBookTask, 'ClaimTask');

export const handler: Handler = limited(makeHandler(bookTaskCommands()));
