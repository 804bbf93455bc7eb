import type { SQSHandler } from 'aws-lambda';
import { changedOrderConsumer } from '../shared/edge/changed-order-consumer.ts';
import { projectTasks, type TaskProjectionDeps } from './application/project-tasks.ts';
import { taskReading, tasks } from './composition.ts';

/** Keeps the list of tasks: an event only says that an order changed; the list shows its tasks as its stream has them by then. */
export const makeHandler = (deps: TaskProjectionDeps) => changedOrderConsumer((orderId) => projectTasks(deps, orderId));

export const handler: SQSHandler = makeHandler({ ...taskReading(), tasks: tasks() });
