import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { NOTIFICATION_TABLES } from '../../published/notification-tables.ts';
import type { CustomerId } from '../../shared/kernel/ids.ts';
import type { KeptNotification, Messages, PageOfMessages } from '../application/ports.ts';

const { partitionKey: CUSTOMER, sortKey: ID, indexes } = NOTIFICATION_TABLES.notifications;
const BY_UNREAD = 'byUnread' satisfies keyof typeof indexes;
const UNREAD = indexes[BY_UNREAD].sortKey;

/** The inbox, for those who read it. */
export class DynamoDbMessages implements Messages {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async page(
    customerId: CustomerId,
    { limit, unreadOnly, after }: Parameters<Messages['page']>[1],
  ): Promise<PageOfMessages> {
    const key = (id: string) => ({ [CUSTOMER]: customerId, [ID]: id, ...(unreadOnly ? { [UNREAD]: id } : {}) });
    const { Items = [] } = await this.#db.send(
      new QueryCommand({
        ...this.#ofCustomer(customerId, unreadOnly),
        ScanIndexForward: false,
        // One more than wanted tells whether there is another page.
        Limit: limit + 1,
        ...(after === undefined ? {} : { ExclusiveStartKey: key(after) }),
      }),
    );
    const items = Items.slice(0, limit).map(keptIn);
    const last = items.at(-1);
    return { items, ...(Items.length > limit && last ? { next: last.notificationId } : {}) };
  }

  async countUnread(customerId: CustomerId, atMost: number): Promise<number> {
    const query = { ...this.#ofCustomer(customerId, true), Select: 'COUNT', Limit: atMost } as const;
    const { Count = 0 } = await this.#db.send(new QueryCommand(query));
    return Count;
  }

  async markRead(customerId: CustomerId, notificationId: string, at: string): Promise<boolean> {
    try {
      await this.#db.send(
        new UpdateCommand({
          TableName: this.#table,
          Key: { [CUSTOMER]: customerId, [ID]: notificationId },
          UpdateExpression: 'SET #read = if_not_exists(#read, :at) REMOVE #unread',
          ConditionExpression: 'attribute_exists(#id)',
          ExpressionAttributeNames: { '#read': 'readAt', '#unread': UNREAD, '#id': ID },
          ExpressionAttributeValues: { ':at': at },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  #ofCustomer(customerId: CustomerId, unreadOnly: boolean) {
    return {
      TableName: this.#table,
      ...(unreadOnly ? { IndexName: BY_UNREAD } : {}),
      KeyConditionExpression: '#customer = :customer',
      ExpressionAttributeNames: { '#customer': CUSTOMER },
      ExpressionAttributeValues: { ':customer': customerId },
    };
  }
}

function keptIn(item: Record<string, unknown>): KeptNotification {
  const { [UNREAD]: _, ...notification } = item;
  return notification as unknown as KeptNotification;
}
