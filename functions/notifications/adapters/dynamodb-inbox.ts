import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { NOTIFICATION_TABLES } from '../../published/notification-tables.ts';
import type { Inbox, Notification } from '../application/ports.ts';

const { partitionKey, indexes } = NOTIFICATION_TABLES.notifications;

/** One item per notification; the newest of a customer come last. */
export class DynamoDbInbox implements Inbox {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async put(notification: Notification): Promise<void> {
    try {
      await this.#db.send(
        new PutCommand({
          TableName: this.#table,
          Item: { ...notification, [indexes.byUnread.sortKey]: notification.notificationId },
          ConditionExpression: 'attribute_not_exists(#id)',
          ExpressionAttributeNames: { '#id': partitionKey },
        }),
      );
    } catch (error) {
      // The event came again: its notification is there.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}
