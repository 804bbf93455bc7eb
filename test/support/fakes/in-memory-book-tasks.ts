import type { BookTask } from '../../../functions/shared/tasks/book-task.ts';
import type { BookTasks } from '../../../functions/shared/tasks/ports.ts';

/** Tasks about books in memory; they pass the same contract suite as the table. */
export class InMemoryBookTasks implements BookTasks {
  readonly #tasks = new Map<string, BookTask>();

  async find(taskId: string): Promise<BookTask | undefined> {
    return this.#tasks.get(taskId);
  }

  async save(task: BookTask, version: number): Promise<boolean> {
    if ((this.#tasks.get(task.taskId)?.history.length ?? 0) !== version) return false;
    this.#tasks.set(task.taskId, task);
    return true;
  }
}
