import type { BookTask } from './book-task.ts';

/** The tasks about books that belong to no order. */
export interface BookTasks {
  /** As it is now; undefined when there never was one. */
  find(taskId: string): Promise<BookTask | undefined>;
  /**
   * Keeps the task as `task` has it, after events that were decided on its version `version` (0 when there was none).
   * @returns whether it was kept: not when another writer was quicker
   */
  save(task: BookTask, version: number): Promise<boolean>;
}
