import type { SQSHandler } from 'aws-lambda';
import type { RecordedOrderEvent } from '../published/order-events.ts';
import { changedOrderConsumer } from '../shared/edge/changed-order-consumer.ts';
import { projectTasks, type TaskProjectionDeps } from './application/project-tasks.ts';
import type { ParkedOrders } from './application/task-ports.ts';
import { parkedOrders, taskReading, tasks } from './composition.ts';
import { isParking } from './domain/parking-event.ts';

/**
 * Keeps the list of tasks: an event only says that an order changed; the list shows its tasks as its stream has them by then. Operators are
 * called to the orders whose events, as the log has them, opened a task.
 */
export const makeHandler = ({ parked, ...deps }: TaskProjectionDeps & { readonly parked: ParkedOrders }) =>
  changedOrderConsumer<RecordedOrderEvent>(
    (orderId) => projectTasks(deps, orderId),
    async (handled) => {
      const events = handled.map(({ event }) => event);
      await Promise.all(events.filter(isParking).map((event) => parked.put(event)));
    },
  );

export const handler: SQSHandler = makeHandler({ ...taskReading(), tasks: tasks(), parked: parkedOrders() });
