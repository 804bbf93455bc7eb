/**
 * The list of tasks: one item per task. `byDue` has those that are resolved apart from the others, by their due time. It is the read model of
 * the tasks of orders, whose streams tell of them; a task about a book of no order is kept here and nowhere else.
 */
export const TASKS_TABLE = {
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
} as const;

/** The part of `byDue` that a task is in. */
export const shelfOf = (isResolved: boolean): string => (isResolved ? 'resolved' : 'unresolved');

/** The place of a task in `byDue`. @param dueAt ISO 8601, UTC, milliseconds */
export const shelved = (
  isResolved: boolean,
  { dueAt, taskId }: { readonly dueAt: string; readonly taskId: string },
) => ({
  [TASKS_TABLE.indexes.byDue.partitionKey]: shelfOf(isResolved),
  [TASKS_TABLE.indexes.byDue.sortKey]: `${dueAt}#${taskId}`,
});
