import type {
  PlaceInTasks,
  ProjectedTasks,
  TaskList,
  TaskPage,
  TaskQuery,
} from '../../../functions/recovery/application/task-ports.ts';
import type { TaskSummary } from '../../../functions/recovery/domain/task-summary.ts';

/** The list of tasks in memory; it passes the same contract suite as the table. */
export class InMemoryTasks implements TaskList, ProjectedTasks {
  readonly #tasks = new Map<string, TaskSummary>();

  async put(task: TaskSummary): Promise<void> {
    const known = this.#tasks.get(task.taskId);
    if (!known || known.version <= task.version) this.#tasks.set(task.taskId, task);
  }

  async page({ status, dueBefore, ...fields }: TaskQuery, limit: number, after?: PlaceInTasks): Promise<TaskPage> {
    const compared = Object.entries(fields) as [keyof typeof fields, unknown][];
    const found = [...this.#tasks.values()]
      .filter((task) => (status === undefined ? task.status !== 'resolved' : task.status === status))
      .filter((task) => compared.every(([field, value]) => value === undefined || task[field] === value))
      .filter(({ dueAt }) => dueBefore === undefined || dueAt < dueBefore)
      .sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1))
      .filter((task) => after === undefined || orderOf(task) > orderOf(after));
    const items = found.slice(0, limit);
    const { dueAt, taskId } = items.at(-1) ?? { dueAt: '', taskId: '' };
    return found.length > limit ? { items, next: { dueAt, taskId } } : { items };
  }
}

const orderOf = ({ dueAt, taskId }: PlaceInTasks): string => `${dueAt}#${taskId}`;
