/** The tables of recovery: what the adapters write and the infrastructure creates. */
export const RECOVERY_TABLES = {
  /**
   * The waits of each order (`ORDER#<orderId>`, by step), the timer of each partner's keeper (`PARTNER#<partner>`), and
   * how far the pass over all orders is (`SWEEP`). The
   * indexes have the waits whose execution waits, by partner.
   */
  recoveryWaits: {
    variable: 'RECOVERY_WAITS_TABLE',
    partitionKey: 'subject',
    sortKey: 'entry',
    timeToLive: 'expires',
    indexes: {
      byReadiness: { partitionKey: 'waitingFor', sortKey: 'readyAt', attributes: ['since', 'deadline', 'heldBy'] },
      byDeadline: { partitionKey: 'waitingFor', sortKey: 'deadline', attributes: ['since', 'readyAt', 'heldBy'] },
    },
  },
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
