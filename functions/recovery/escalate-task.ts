import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { taskCommands } from './composition.ts';
import { taskCommandEndpoint } from './http/task-command-endpoint.ts';
import { escalateTask } from './routes.ts';

/** `POST /api/v1/orders/{orderId}/tasks/{taskId}/escalate`: an operator with more authority has to look at the task. */
export const makeHandler = taskCommandEndpoint(escalateTask, 'EscalateTask');

export const handler: Handler = limited(makeHandler(taskCommands()));
