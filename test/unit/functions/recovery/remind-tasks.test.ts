import '../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { TaskMonitor } from '../../../../functions/recovery/application/task-ports.ts';
import {
  isReminded,
  isToEscalate,
  REMINDER_INTERVAL_SECONDS,
} from '../../../../functions/recovery/domain/reminders.ts';
import type { TaskSummary } from '../../../../functions/recovery/domain/task-summary.ts';
import { makeHandler } from '../../../../functions/recovery/remind-tasks.ts';
import { parseSku } from '../../../../functions/shared/kernel/ids.ts';
import { openedTask as openBookTask } from '../../../../functions/shared/tasks/book-task.ts';
import { created, ORDER_ID } from '../../../support/orders/streams.ts';
import { TaskEndpoints } from '../../../support/recovery/task-endpoints.ts';
import { openedTask, resolved } from '../../../support/recovery/task-streams.ts';

const settings = { taskDueSeconds: 4 * 3_600, reminderSeconds: 3_600 };
const dueAt = openedTask.data.dueAt;
const after = (seconds: number): number => Date.parse(dueAt) + seconds * 1_000;

describe('A task', () => {
  test('is reminded of when it is due and every hour after that, in one interval each', () => {
    const intervals = Array.from({ length: 48 }, (_, index) => (index - 12) * REMINDER_INTERVAL_SECONDS);
    const reminded = intervals.filter((seconds) => isReminded(seconds * 1_000, settings));
    expect(reminded).toEqual([0, 3_600, 7_200]);
  });

  test('is reminded of once, whenever the intervals begin', () => {
    for (const offset of [1, 30, 299]) {
      const intervals = Array.from({ length: 24 }, (_, index) => offset + (index - 12) * REMINDER_INTERVAL_SECONDS);
      expect(intervals.filter((seconds) => isReminded(seconds * 1_000, settings))).toEqual([offset]);
    }
  });

  test('is escalated when it is overdue for as long as it had time', () => {
    const at = (seconds: number) => isToEscalate(seconds * 1_000, settings);
    expect([at(0), at(4 * 3_600 - 1), at(4 * 3_600)]).toEqual([false, false, true]);
  });
});

describe('Looking after tasks', () => {
  let endpoints: TaskEndpoints;
  let counted: Parameters<TaskMonitor['counted']>[0][];
  beforeEach(() => {
    endpoints = new TaskEndpoints();
    counted = [];
  });
  const lookAt = (moment: number) =>
    makeHandler({
      ...endpoints.deps,
      settings: async () => settings,
      monitor: { counted: (tasks) => void counted.push(tasks) },
    })({ time: new Date(moment).toISOString() });

  test('counts those that are not resolved, and those to be reminded of', async () => {
    await endpoints.given(created(), openedTask);
    await lookAt(after(-1));
    await lookAt(after(1));
    expect(counted).toEqual([
      { unresolved: 1, reminders: 0, escalated: 0 },
      { unresolved: 1, reminders: 1, escalated: 0 },
    ]);
  });

  test('escalates what is overdue for too long, in the order’s history, once', async () => {
    await endpoints.given(created(), openedTask);
    await lookAt(after(4 * 3_600));
    // The list may be a moment behind.
    await lookAt(after(4 * 3_600 + 300));
    await endpoints.project();
    await lookAt(after(4 * 3_600 + 600));
    expect(counted.map(({ escalated }) => escalated)).toEqual([1, 1, 1]);
    expect(await endpoints.recorded(2)).toEqual([
      { type: 'TaskEscalated', data: { taskId: openedTask.data.taskId }, by: 'RemindTasks' },
    ]);
  });

  test('escalates one about an article, which belongs to no order', async () => {
    const task = openBookTask(
      undefined,
      { sku: parseSku('MUG-BLUE') },
      { rule: 'CountsSumToReceived', dueAt: after(0), now: after(-60), actor: { type: 'system', id: 'AuditBooks' } },
    );
    await endpoints.bookTasks.save(task, 0);
    const { taskId, openedAt, dueAt } = task;
    const listed = { taskId, status: 'open', kind: 'books', openedAt, dueAt, escalated: false, version: 1 } as const;
    await endpoints.tasks.put(listed as unknown as TaskSummary);
    await lookAt(after(1));
    await lookAt(after(4 * 3_600));
    expect(counted).toEqual([
      { unresolved: 1, reminders: 1, escalated: 0 },
      expect.objectContaining({ unresolved: 1, escalated: 1 }),
    ]);
    expect((await endpoints.bookTasks.find(taskId))?.history).toMatchObject([
      { type: 'TaskOpened' },
      { type: 'TaskEscalated', actor: { type: 'system', id: 'RemindTasks' } },
    ]);
  });

  test('leaves a task alone that was resolved meanwhile', async () => {
    await endpoints.given(created(), openedTask);
    const [last] = await endpoints.log.readLast(ORDER_ID, 1);
    await endpoints.log.append(ORDER_ID, 2, [{ ...last!, ...resolved, eventId: 'event-9' as never }]);
    await lookAt(after(4 * 3_600));
    expect(await endpoints.recorded(3)).toEqual([]);
  });
});
