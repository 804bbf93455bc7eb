import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { bookTaskCommands } from './composition.ts';
import { bookTaskCommandEndpoint } from './http/book-task-command-endpoint.ts';
import { escalateBookTask } from './routes.ts';

/** `POST /api/v1/tasks/{taskId}/escalate`: somebody with more authority, or more knowledge, has to look at the task. */
export const makeHandler = bookTaskCommandEndpoint(escalateBookTask, 'EscalateTask');

export const handler: Handler = limited(makeHandler(bookTaskCommands()));
