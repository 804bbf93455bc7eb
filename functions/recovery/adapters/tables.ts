import { WAITS_TABLE } from '../../shared/outbound/tables.ts';
import { TASKS_TABLE } from '../../shared/tasks/tables.ts';

/** The tables of recovery: what the adapters write and the infrastructure creates. */
export const RECOVERY_TABLES = {
  recoveryWaits: WAITS_TABLE,
  recoveryTasks: TASKS_TABLE,
} as const;
