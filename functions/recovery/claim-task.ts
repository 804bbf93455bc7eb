import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { taskCommands } from './composition.ts';
import { taskCommandEndpoint } from './http/task-command-endpoint.ts';
import { claimTask } from './routes.ts';

/** `POST /api/v1/orders/{orderId}/tasks/{taskId}/claim`: the operator works at the task from now on. */
export const makeHandler = taskCommandEndpoint(claimTask, 'ClaimTask');

export const handler: Handler = limited(makeHandler(taskCommands()));
