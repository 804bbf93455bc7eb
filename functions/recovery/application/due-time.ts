import type { Task } from '../domain/task.ts';

/** When the task is due: ISO 8601, UTC. @param dueSeconds for a task whose events do not say it */
export const dueAtOf = ({ dueAt, openedAt }: Task, dueSeconds: number): string =>
  dueAt ?? new Date(Date.parse(openedAt) + dueSeconds * 1_000).toISOString();
