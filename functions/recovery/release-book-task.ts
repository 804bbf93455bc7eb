import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { bookTaskCommands } from './composition.ts';
import { bookTaskCommandEndpoint } from './http/book-task-command-endpoint.ts';
import { releaseBookTask } from './routes.ts';

/** `POST /api/v1/tasks/{taskId}/release`: nobody works at the task any more. */
export const makeHandler = bookTaskCommandEndpoint(releaseBookTask, 'ReleaseTask');

export const handler: Handler = limited(makeHandler(bookTaskCommands()));
