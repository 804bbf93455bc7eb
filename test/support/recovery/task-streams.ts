/** Streams of one order with tasks, for tests: what an operator did is said with the operator. */
import { expect } from 'vitest';
import { type OrderEvent, type RecordedOrderEvent, taskIdOf } from '../../../functions/published/order-events.ts';
import { decideTask, type TaskCommand, type TaskRefusal } from '../../../functions/recovery/domain/decide-task.ts';
import { tasksOf } from '../../../functions/recovery/domain/tasks-of-order.ts';
import { accept, refuse } from '../../../functions/shared/kernel/result.ts';
import { created, ORDER_ID, START, streamOf } from '../orders/streams.ts';

export const TASK_ID = taskIdOf(ORDER_ID, 'compensation', 'VoidPayment', 1);
export const REVIEW_ID = taskIdOf(ORDER_ID, 'review', 'order', 1);
const REFUND_ID = '0190f3a0-0000-7000-8000-0000000000e1';

export const compensation = { taskId: TASK_ID, kind: 'compensation', step: 'VoidPayment' } as const;
export const held: OrderEvent = { ...created(), data: { ...created().data, review: 'required' } };
const dueAt = new Date(START + 4 * 3_600_000).toISOString();

/** A task of each kind, as the order's stream tells that it was opened. */
export const OPENED = {
  review: held,
  compensation: { type: 'TaskOpened', data: { ...compensation, error: 'PaymentGatewayUnavailable', dueAt } },
  completion: {
    type: 'TaskOpened',
    data: {
      taskId: taskIdOf(ORDER_ID, 'completion', 'CancelOrder', 1),
      kind: 'completion',
      step: 'CancelOrder',
      dueAt,
    },
  },
  refund: {
    type: 'TaskOpened',
    data: { taskId: taskIdOf(ORDER_ID, 'refund', REFUND_ID, 1), kind: 'refund', refundId: REFUND_ID, dueAt },
  },
  transfer: {
    type: 'TaskOpened',
    data: { taskId: taskIdOf(ORDER_ID, 'transfer', 'E1', 1), kind: 'transfer', transferId: 'E1', dueAt },
  },
  parcel: {
    type: 'TaskOpened',
    data: {
      taskId: taskIdOf(ORDER_ID, 'parcel', ORDER_ID, 1),
      kind: 'parcel',
      shipmentId: ORDER_ID,
      error: 'lost',
      dueAt,
    },
  },
  stuck: { type: 'TaskOpened', data: { taskId: taskIdOf(ORDER_ID, 'stuck', 'order', 1), kind: 'stuck', dueAt } },
  books: {
    type: 'TaskOpened',
    data: { taskId: taskIdOf(ORDER_ID, 'books', 'order', 1), kind: 'books', error: 'ClearingIsZero', dueAt },
  },
} as const satisfies Record<string, OrderEvent>;

export const openedTask = OPENED.compensation;
export const claimed: OrderEvent = { type: 'TaskClaimed', data: { taskId: TASK_ID } };
export const proposed: OrderEvent = { type: 'WriteOffProposed', data: { taskId: TASK_ID, comment: 'Too little.' } };
export const resumed: OrderEvent = { type: 'TaskResumed', data: compensation };
export const resolved: OrderEvent = { type: 'TaskResolved', data: { ...compensation, resolution: 'completed' } };

/** An event by an operator. */
export const by = (operator: string, event: OrderEvent): Told => ({ event, operator });
type Told = OrderEvent | { readonly event: OrderEvent; readonly operator: string };

/** The stream with these events: one second between two of them. */
export function taskStream(told: readonly Told[]): RecordedOrderEvent[] {
  const events = streamOf(told.map((each) => ('event' in each ? each.event : each)));
  return events.map((event, index) => {
    const each = told[index]!;
    return 'operator' in each ? { ...event, actor: { type: 'operator', id: each.operator } } : event;
  });
}

/** A command on the task of the compensation, unless it names another one. */
export type CommandGiven = TaskCommand extends infer Command
  ? Command extends TaskCommand
    ? Omit<Command, 'orderId' | 'taskId'> & { readonly taskId?: string }
    : never
  : never;

/** Given a stream, when a command is decided with everything since `lately` being recent, then these events follow or it is refused. */
export const givenTasks = (...told: readonly Told[]) => ({
  when(command: CommandGiven, lately = START + 3_600_000) {
    const asked = { taskId: TASK_ID, ...command, orderId: ORDER_ID };
    const decision = decideTask(tasksOf(taskStream(told)), asked, new Date(lately).toISOString());
    return {
      then: (...expected: readonly OrderEvent[]) => expect(decision).toEqual(accept(expected)),
      thenRefused: (refusal: TaskRefusal) => expect(decision).toEqual(refuse(refusal)),
    };
  },
});
