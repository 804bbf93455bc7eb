import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { taskCommands } from './composition.ts';
import { taskCommandEndpoint } from './http/task-command-endpoint.ts';
import { markDoneOutside } from './routes.ts';

/** `POST /api/v1/orders/{orderId}/tasks/{taskId}/done-outside`: it was done at the partner, with evidence. */
export const makeHandler = taskCommandEndpoint(markDoneOutside, 'MarkDoneOutside');

export const handler: Handler = limited(makeHandler(taskCommands()));
