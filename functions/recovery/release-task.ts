import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { taskCommands } from './composition.ts';
import { taskCommandEndpoint } from './http/task-command-endpoint.ts';
import { releaseTask } from './routes.ts';

/** `POST /api/v1/orders/{orderId}/tasks/{taskId}/release`: no operator works at the task any more. */
export const makeHandler = taskCommandEndpoint(releaseTask, 'ReleaseTask');

export const handler: Handler = limited(makeHandler(taskCommands()));
