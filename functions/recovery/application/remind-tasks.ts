/** Looks after the tasks that nobody finishes. */
import type { CommandDeps } from '../../shared/commands/carry-out.ts';
import { factId } from '../../shared/kernel/ids.ts';
import { commandBookTask } from '../../shared/tasks/change-book-task.ts';
import type { BookTasks } from '../../shared/tasks/ports.ts';
import { isReminded, isToEscalate, type ReminderSettings } from '../domain/reminders.ts';
import { commandTask } from './command-task.ts';
import type { ListedTask, PlaceInTasks, TaskList, TaskMonitor } from './task-ports.ts';

export interface RemindDeps extends CommandDeps {
  readonly tasks: TaskList;
  readonly bookTasks: BookTasks;
  readonly monitor: TaskMonitor;
  readonly settings: () => Promise<ReminderSettings>;
}

const PAGE = 100;
const ACTOR = 'RemindTasks';

/**
 * Counts the tasks that are not resolved and those that operators are to be reminded of, and escalates those that are overdue for
 * too long. Safe to repeat.
 * @param at when it was to run, in milliseconds since the epoch; it runs once in each interval
 */
export async function remindTasks(deps: RemindDeps, at: number): Promise<void> {
  const settings = await deps.settings();
  const counts = { unresolved: 0, reminders: 0, escalated: 0 };
  for await (const task of unresolved(deps.tasks)) {
    counts.unresolved += 1;
    const overdueMs = at - Date.parse(task.dueAt);
    if (isReminded(overdueMs, settings)) counts.reminders += 1;
    const escalates = !task.escalated && isToEscalate(overdueMs, settings);
    if (escalates) await escalate(deps, task);
    if (task.escalated || escalates) counts.escalated += 1;
  }
  deps.monitor.counted(counts);
}

async function* unresolved(tasks: TaskList): AsyncIterable<ListedTask> {
  let after: PlaceInTasks | undefined;
  do {
    const { items, next } = await tasks.page({}, PAGE, after);
    yield* items;
    after = next;
  } while (after);
}

/** A task that was resolved meanwhile stays as it is. */
async function escalate(deps: RemindDeps, { orderId, taskId }: ListedTask): Promise<void> {
  const actor = { type: 'system', id: ACTOR } as const;
  if (orderId === undefined) {
    await commandBookTask(deps.bookTasks, taskId, { type: 'EscalateTask', actor }, { now: deps.now() });
    return;
  }
  await commandTask(deps, {
    id: factId(orderId, `escalate:${taskId}`),
    command: { type: 'EscalateTask', orderId, taskId, by: ACTOR },
    actor,
  });
}
