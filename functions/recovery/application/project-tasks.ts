import type { RecordedOrderEvent } from '../../published/order-events.ts';
import type { OrderLog } from '../../published/order-log.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { summaryOf } from '../domain/task-summary.ts';
import { tasksOf } from '../domain/tasks-of-order.ts';
import { dueAtOf } from './due-time.ts';
import type { ProjectedTasks } from './task-ports.ts';

export interface TaskProjectionDeps {
  readonly log: Pick<OrderLog, 'read'>;
  readonly tasks: ProjectedTasks;
  /** When a task is due whose events do not say it, in seconds. */
  readonly dueSeconds: () => Promise<number>;
}

/** Shows the tasks of an order as its stream, which it resolves to, has them by now. */
export async function projectTasks(
  { log, tasks, dueSeconds }: TaskProjectionDeps,
  orderId: OrderId,
): Promise<readonly RecordedOrderEvent[]> {
  const [stream, seconds] = await Promise.all([log.read(orderId), dueSeconds()]);
  await showTasks(tasks, stream, seconds);
  return stream;
}

/** Shows the tasks that the stream of one order tells of. */
export async function showTasks(
  tasks: ProjectedTasks,
  stream: readonly RecordedOrderEvent[],
  dueSeconds: number,
): Promise<void> {
  const order = tasksOf(stream);
  if (!order) return;
  await Promise.all(order.tasks.map((task) => tasks.put(summaryOf(order, task, dueAtOf(task, dueSeconds)))));
}
