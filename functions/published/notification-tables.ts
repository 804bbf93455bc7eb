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

/** The id of what a customer is told about an event of their order: they sort by time, and the same event is told once. */
export const notificationIdOf = ({
  occurredAt,
  eventId,
}: {
  readonly occurredAt: string;
  readonly eventId: string;
}): string => `${occurredAt}#${eventId}`;
