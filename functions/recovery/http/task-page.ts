/** One task as an operator reads it: what failed and why, what is known, and what can be done. */
import type { RecordedOrderEvent } from '../../published/order-events.ts';
import { dueAtOf } from '../application/due-time.ts';
import { possibleCommands } from '../domain/decide-task.ts';
import { statusOf, type Task } from '../domain/task.ts';
import { guidanceOf, OUTCOMES, unknownOf } from '../domain/task-guidance.ts';
import { summaryOf, type TaskSummary } from '../domain/task-summary.ts';
import type { TasksOfOrder } from '../domain/tasks-of-order.ts';
import { COMMAND_PATHS, linkToTask } from './task-path.ts';

interface PageOptions {
  readonly events: readonly RecordedOrderEvent[];
  /** For tasks whose events do not say when they are due. */
  readonly dueSeconds: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Where a partner is asked what it has of an order: the question changes nothing. */
const QUESTIONS: Readonly<Partial<Record<NonNullable<TaskSummary['partner']>, string>>> = {
  'payment-gateway': 'payment/at-gateway',
  alipay: 'payment/at-gateway',
  'wechat-pay': 'payment/at-gateway',
  bank: 'payment/at-gateway',
  carrier: 'shipment/at-carrier',
};

export function taskPage(order: TasksOfOrder, task: Task, { events, dueSeconds, now }: PageOptions) {
  const summary = summaryOf(order, task, dueAtOf(task, dueSeconds));
  const { what, check, runbook, known } = guidanceOf(task);
  const { resumed, proposer, resolved } = task;
  return {
    ...summary,
    overdue: statusOf(task) !== 'resolved' && Date.parse(summary.dueAt) <= now,
    ...(resumed === undefined ? {} : { resumedAt: resumed.at }),
    ...(proposer === undefined ? {} : { proposer }),
    ...(resolved ? { resolution: resolved.resolution, resolvedAt: resolved.at } : {}),
    what: resolved ? OUTCOMES[resolved.resolution] : what,
    known: events
      .filter(({ type }) => known.includes(type))
      .map(({ type, occurredAt, data }) => ({ type, occurredAt, data })),
    ...(resolved ? {} : { unknown: unknownOf(task) }),
    check: resolved ? [] : check,
    runbook,
    commands: possibleCommands(task).map((type) => COMMAND_PATHS[type]),
    history: events.filter((event) => isOfTask(event, task)).map(entryOf),
    links: linksOf(summary),
  };
}

const isOfTask = ({ data }: RecordedOrderEvent, { taskId }: Task): boolean =>
  'taskId' in data && data.taskId === taskId;

/** With the reasons that operators gave: a task is for operators only. */
const entryOf = ({ type, occurredAt, actor, data }: RecordedOrderEvent) => ({
  type,
  occurredAt,
  actor,
  ...('comment' in data && data.comment !== undefined ? { comment: data.comment } : {}),
  ...('evidence' in data && data.evidence !== undefined ? { evidence: data.evidence } : {}),
});

function linksOf({ orderId, taskId, partner }: TaskSummary) {
  const order = `/api/v1/orders/${orderId}`;
  const question = partner && QUESTIONS[partner];
  return {
    self: linkToTask({ orderId, taskId }),
    order,
    history: `${order}/history`,
    ...(question === undefined ? {} : { ask: `${order}/${question}` }),
  };
}
