import { emitMetric } from '../../shared/edge/metrics.ts';
import type { TaskMonitor } from '../application/task-ports.ts';
import { TASK_REMINDERS, TASKS_ESCALATED, TASKS_UNRESOLVED } from './metrics.ts';

export const taskMonitor: TaskMonitor = {
  counted({ unresolved, reminders, escalated }) {
    emitMetric(TASKS_UNRESOLVED, unresolved);
    emitMetric(TASK_REMINDERS, reminders);
    emitMetric(TASKS_ESCALATED, escalated);
  },
};
