import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { taskCommands } from './composition.ts';
import { taskCommandEndpoint } from './http/task-command-endpoint.ts';
import { proposeWriteOff } from './routes.ts';

/** `POST /api/v1/orders/{orderId}/tasks/{taskId}/write-off`: it is to be left undone; another operator has to agree. */
export const makeHandler = taskCommandEndpoint(proposeWriteOff, 'ProposeWriteOff');

export const handler: Handler = limited(makeHandler(taskCommands()));
