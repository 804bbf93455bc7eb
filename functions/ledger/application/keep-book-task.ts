import { type BookOwner, bookTaskIdOf, openedTask, resolvedTask } from '../../shared/tasks/book-task.ts';
import { changeBookTask } from '../../shared/tasks/change-book-task.ts';
import type { BookId } from '../domain/book-id.ts';
import type { Finding } from '../domain/finding.ts';
import type { BookTaskDeps } from './ports.ts';

const ACTOR = { type: 'system', id: 'AuditBooks' } as const;

/**
 * Opens a person's task about a book that belongs to no order and breaks a rule, and resolves it once the book keeps them again. Comes before
 * the list of breaks is replaced, which tells that there may be a task: a check that is broken off is made up for by the next one.
 * @throws ConcurrencyConflict after five lost races
 */
export async function keepBookTask(
  { bookTasks, breaks, settings, now }: BookTaskDeps,
  bookId: BookId,
  owner: BookOwner,
  findings: readonly Finding[],
): Promise<void> {
  const wrong = findings.find(({ underWay }) => !underWay);
  if (!wrong && !(await breaks.has(bookId))) return;
  const { taskDueSeconds } = await settings();
  const opening = { dueAt: now() + 1_000 * taskDueSeconds, now: now(), actor: ACTOR };
  await changeBookTask(bookTasks, bookTaskIdOf(owner), (task) =>
    wrong ? openedTask(task, owner, { ...opening, rule: wrong.rule }) : task && resolvedTask(task, ACTOR, now()),
  );
}
