export { notificationIdOf } from '../notifications/domain/notifications.ts';

/** The table of notifications: what the adapter writes and the infrastructure creates. */
export const NOTIFICATION_TABLES = {
  /** The customers' in-app inbox. `byUnread` has the messages that were not read yet. */
  notifications: {
    variable: 'NOTIFICATIONS_TABLE',
    partitionKey: 'customerId',
    sortKey: 'notificationId',
    indexes: {
      byUnread: {
        partitionKey: 'customerId',
        sortKey: 'unreadId',
        attributes: ['occurredAt', 'template', 'templateVersion', 'kind', 'language', 'subject', 'text', 'values'],
      },
    },
  },
} as const;
