import type { OrderStreams } from '../../published/order-log.ts';
import { type Batch, inBatches } from '../../shared/event-log/in-batches.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { showTasks } from './project-tasks.ts';
import type { ProjectedTasks } from './task-ports.ts';

export interface RebuildTasksDeps {
  readonly streams: OrderStreams;
  readonly tasks: ProjectedTasks;
  /** When a task is due whose events do not say it, in seconds. */
  readonly dueSeconds: number;
}

/**
 * Writes the tasks of every order again, in place; newer ones that the projection writes meanwhile win.
 * @param after continues after this order of an earlier, interrupted run
 */
export const rebuildTasks = (
  { streams, tasks, dueSeconds }: RebuildTasksDeps,
  after?: OrderId,
): AsyncIterable<Batch<OrderId>> => inBatches(streams, after, ({ events }) => showTasks(tasks, events, dueSeconds));
