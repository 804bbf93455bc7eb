import type { ParkingEvent } from '../domain/parking-event.ts';
import type { TaskStatus } from '../domain/task.ts';
import type { TaskSummary } from '../domain/task-summary.ts';

/** Every filter that is left out lets all tasks through. */
export type TaskQuery = {
  readonly [Field in 'kind' | 'step' | 'error' | 'partner' | 'claimant']?: TaskSummary[Field] | undefined;
} & {
  /** @default those that are not resolved */
  readonly status?: TaskStatus | undefined;
  readonly escalated?: boolean | undefined;
  /** Due before this moment: ISO 8601, UTC, milliseconds. */
  readonly dueBefore?: string | undefined;
};

/** Where a page ends: the last task on it. */
export interface PlaceInTasks {
  readonly dueAt: string;
  readonly taskId: string;
}

/** A task about a book of no order; what it is about is not in lists. */
export type ListedBookTask = Omit<TaskSummary, 'orderId'> & { readonly orderId?: undefined };
export type ListedTask = TaskSummary | ListedBookTask;

export interface TaskPage {
  readonly items: readonly ListedTask[];
  /** The position of the next page; absent at the end. A page can be short, or empty, and yet not be the last. */
  readonly next?: PlaceInTasks;
}

/** All tasks, those of orders a moment behind the log; what is due first comes first. */
export interface TaskList {
  page(query: TaskQuery, limit: number, after?: PlaceInTasks): Promise<TaskPage>;
}

/** The list as its projection writes it. */
export interface ProjectedTasks {
  /** Stores the task, unless a newer version of its order was shown already. */
  put(task: TaskSummary): Promise<void>;
}

/** Calls operators: what is put here waits for them, and the first one raises an alarm. */
export interface ParkedOrders {
  /** @param event by which an order came to wait for a person. Putting it again says nothing new. */
  put(event: ParkingEvent): Promise<void>;
}

/** Shows operators how much work waits for them. */
export interface TaskMonitor {
  /** How many tasks are not resolved, how many of them an operator is to be reminded of now, and how many are escalated. */
  counted(tasks: { readonly unresolved: number; readonly reminders: number; readonly escalated: number }): void;
}
