import { WAITS_TABLE } from '../../shared/outbound/tables.ts';

/** The tables of recovery: what the adapters write and the infrastructure creates. */
export const RECOVERY_TABLES = {
  recoveryWaits: WAITS_TABLE,
  /** The read model of tasks: one item per task. `byDue` has those that are resolved apart from the others, by their due time. */
  recoveryTasks: {
    variable: 'RECOVERY_TASKS_TABLE',
    partitionKey: 'taskId',
    indexes: {
      byDue: {
        partitionKey: 'shelf',
        sortKey: 'due',
        /** Beside the keys. */
        attributes: [
          'orderId',
          'status',
          'kind',
          'step',
          'refundId',
          'changeId',
          'error',
          'partner',
          'openedAt',
          'dueAt',
          'claimant',
          'escalated',
          'version',
        ],
      },
    },
  },
} as const;
