import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { taskCommands } from './composition.ts';
import { taskCommandEndpoint } from './http/task-command-endpoint.ts';
import { resumeTask } from './routes.ts';

/** `POST /api/v1/orders/{orderId}/tasks/{taskId}/resume`: the platform tries again what failed. */
export const makeHandler = taskCommandEndpoint(resumeTask, 'ResumeTask');

export const handler: Handler = limited(makeHandler(taskCommands()));
