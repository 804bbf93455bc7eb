import { LOST_RACE, untilWon } from '../kernel/race.ts';
import { accept, type Result, refuse } from '../kernel/result.ts';
import { type BookTask, type BookTaskCommand, type BookTaskRefusal, commandedTask } from './book-task.ts';
import type { BookTasks } from './ports.ts';

/**
 * Reads a task, and keeps it as `change` makes it; one that `change` leaves as it was is not written.
 * @throws ConcurrencyConflict after five lost races
 */
export const changeBookTask = (
  tasks: BookTasks,
  taskId: string,
  change: (task: BookTask | undefined) => BookTask | undefined,
): Promise<BookTask | undefined> =>
  untilWon(`The task ${taskId} kept changing.`, async () => {
    const before = await tasks.find(taskId);
    const after = change(before);
    if (after === undefined || after === before) return after;
    return (await tasks.save(after, before?.history.length ?? 0)) ? after : LOST_RACE;
  });

export type BookTaskCommandRefusal =
  | BookTaskRefusal
  | { readonly kind: 'unknown-task' }
  /** The task is not, or no longer, at the version that the caller expects. */
  | { readonly kind: 'task-at-other-version'; readonly expected: number; readonly actual: number };

interface CommandOptions {
  /** The version that the caller has read, if the command depends on it. */
  readonly expectedVersion?: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Carries out what an operator, or the platform, asks of the task.
 * @throws ConcurrencyConflict after five lost races
 */
export const commandBookTask = (
  tasks: BookTasks,
  taskId: string,
  command: BookTaskCommand,
  { expectedVersion, now }: CommandOptions,
): Promise<Result<BookTask, BookTaskCommandRefusal>> =>
  untilWon<Result<BookTask, BookTaskCommandRefusal>>(`The task ${taskId} kept changing.`, async () => {
    const before = await tasks.find(taskId);
    if (!before) return refuse({ kind: 'unknown-task' });
    const actual = before.history.length;
    if (expectedVersion !== undefined && expectedVersion !== actual) {
      return refuse({ kind: 'task-at-other-version', expected: expectedVersion, actual });
    }
    const after = commandedTask(before, command, now);
    if (!after.ok || after.value === before) return after;
    return (await tasks.save(after.value, actual)) ? accept(after.value) : LOST_RACE;
  });
