import type { Handler } from 'aws-lambda';
import type { OrderLog } from '../published/order-log.ts';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { taskReading } from './composition.ts';
import { tasksOf } from './domain/tasks-of-order.ts';
import { taskPage } from './http/task-page.ts';
import { taskNotFound, taskPathOf } from './http/task-path.ts';
import { getTask } from './routes.ts';

interface Deps {
  readonly log: Pick<OrderLog, 'read'>;
  readonly dueSeconds: () => Promise<number>;
  readonly now: () => number;
}

/** `GET /api/v1/orders/{orderId}/tasks/{taskId}`: what a person has to know and can do, as the order's stream holds it. */
export const makeHandler = ({ log, dueSeconds, now }: Deps) =>
  endpoint(getTask, async (http) => {
    const { orderId, taskId } = taskPathOf(http);
    const [events, seconds] = await Promise.all([log.read(orderId), dueSeconds()]);
    const order = tasksOf(events);
    const task = order?.tasks.find((one) => one.taskId === taskId);
    if (!order || !task) throw taskNotFound(taskId);
    return {
      status: 200,
      headers: { ETag: `"${order.version}"` },
      body: taskPage(order, task, { events, dueSeconds: seconds, now: now() }),
    };
  });

export const handler: Handler = limited(makeHandler(taskReading()));
