/** The table of notifications: what the adapter writes and the infrastructure creates. */
export const NOTIFICATION_TABLES = {
  /** The customers' in-app inbox. */
  notifications: { variable: 'NOTIFICATIONS_TABLE', partitionKey: 'customerId', sortKey: 'notificationId' },
} as const;
