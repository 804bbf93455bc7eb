/** Folds the stream of an order into its tasks. */
import type { PaymentMethod, RecordedOrderEvent, TaskResumed } from '../../published/order-events.ts';
import type { CorrelationId, CustomerId, OrderId } from '../../shared/kernel/ids.ts';
import { type TaskResolution, taskIdOf } from './event-data.ts';
import type { Task } from './task.ts';

export interface TasksOfOrder {
  readonly orderId: OrderId;
  readonly customerId: CustomerId;
  readonly paidBy: PaymentMethod['type'];
  /** In the order in which they were opened. */
  readonly tasks: readonly Task[];
  /** Of the order's last event. */
  readonly version: number;
  /** Of the order's first event. */
  readonly causationId: string;
  readonly correlationId: CorrelationId;
}

/** The tasks of the order with this stream; undefined when there is no stream. */
export const tasksOf = (events: readonly RecordedOrderEvent[]): TasksOfOrder | undefined =>
  events.reduce<TasksOfOrder | undefined>(withEvent, undefined);

/** @throws Error for a stream that does not begin with OrderCreated */
export function withEvent(order: TasksOfOrder | undefined, event: RecordedOrderEvent): TasksOfOrder {
  if (order === undefined) return begun(event);
  const seen = { ...order, version: event.version };
  const { occurredAt, actor } = event;
  switch (event.type) {
    case 'OrderApproved':
      return reviewed(seen, 'completed', occurredAt);
    case 'OrderCancelled':
      return reviewed(seen, event.data.reason === 'rejected' ? 'completed' : 'nothing_to_do', occurredAt);
    // Before there were tasks, a compensation that kept failing was parked.
    case 'CompensationParked': {
      const { step, error } = event.data;
      const count = order.tasks.filter((task) => task.kind === 'compensation' && task.step === step).length + 1;
      const taskId = taskIdOf(order.orderId, 'compensation', step, count);
      return opened(seen, { taskId, kind: 'compensation', step, error, openedAt: occurredAt });
    }
    case 'TaskOpened':
      return opened(seen, { ...event.data, openedAt: occurredAt });
    case 'TaskClaimed':
      return changed(seen, event.data.taskId, (task) => ({ ...withoutProposal(task), claimant: actor.id }));
    case 'TaskReleased':
      return changed(seen, event.data.taskId, (task) => {
        const { claimant: _, ...released } = withoutProposal(task);
        return released;
      });
    case 'TaskEscalated':
      return changed(seen, event.data.taskId, (task) => ({ ...task, escalatedAt: occurredAt }));
    // The attempt may succeed, and nothing would be left to write off.
    case 'TaskResumed':
      return changed(seen, event.data.taskId, (task) => ({ ...withoutProposal(task), resumed: resumeIn(event) }));
    case 'WriteOffProposed':
      return changed(seen, event.data.taskId, (task) => ({ ...task, proposer: actor.id }));
    case 'TaskResolved': {
      const { taskId, resolution } = event.data;
      return changed(seen, taskId, resolvedAs(resolution, occurredAt));
    }
    default:
      return seen;
  }
}

const resumeIn = ({ occurredAt, actor, data: { comment } }: RecordedOrderEvent<TaskResumed>) => ({
  at: occurredAt,
  by: actor.id,
  ...(comment === undefined ? {} : { comment }),
});

function begun(event: RecordedOrderEvent): TasksOfOrder {
  const { type, orderId, version, eventId, correlationId, occurredAt, data } = event;
  if (type !== 'OrderCreated') {
    throw new Error(`The stream of order ${orderId} begins with ${type}, expected OrderCreated.`);
  }
  const taskId = taskIdOf(orderId, 'review', 'order', 1);
  const { customerId, review, paymentMethod } = data;
  const tasks: readonly Task[] = review ? [{ taskId, kind: 'review', openedAt: occurredAt }] : [];
  return { orderId, customerId, paidBy: paymentMethod.type, tasks, version, causationId: eventId, correlationId };
}

/** A task that is there already, such as of a parked compensation, is opened anew. */
const opened = (order: TasksOfOrder, task: Task): TasksOfOrder => ({
  ...order,
  tasks: [...order.tasks.filter(({ taskId }) => taskId !== task.taskId), task],
});

const changed = (order: TasksOfOrder, wanted: string, change: (task: Task) => Task): TasksOfOrder => ({
  ...order,
  tasks: order.tasks.map((task) => (task.taskId === wanted ? change(task) : task)),
});

const reviewed = (order: TasksOfOrder, resolution: TaskResolution, at: string): TasksOfOrder => ({
  ...order,
  tasks: order.tasks.map((task) => (task.kind === 'review' ? resolvedAs(resolution, at)(task) : task)),
});

/** A task is resolved once. */
const resolvedAs =
  (resolution: TaskResolution, at: string) =>
  (task: Task): Task =>
    task.resolved ? task : { ...task, resolved: { resolution, at } };

function withoutProposal({ proposer: _, ...task }: Task): Task {
  return task;
}
