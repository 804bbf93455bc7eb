import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { taskCommands } from './composition.ts';
import { taskCommandEndpoint } from './http/task-command-endpoint.ts';
import { approveWriteOff } from './routes.ts';

/** `POST /api/v1/orders/{orderId}/tasks/{taskId}/approve-write-off`: another operator agrees that it is left undone. */
export const makeHandler = taskCommandEndpoint(approveWriteOff, 'ApproveWriteOff');

export const handler: Handler = limited(makeHandler(taskCommands()));
