import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { NOTIFICATION_TABLES } from '../../published/notification-tables.ts';
import { batchGet } from '../../shared/edge/batch-get.ts';
import type { CustomerId } from '../../shared/kernel/ids.ts';
import type { EmailRecords, EmailState } from '../application/ports.ts';

const { partitionKey: CUSTOMER, sortKey: ID } = NOTIFICATION_TABLES.notifications;
/** What DynamoDB reads in one call. */
const BATCH = 100;

/** In the items of the inbox, so that they go with the messages. The index of unread messages does not have them. */
export class DynamoDbEmailRecords implements EmailRecords {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async find(customerId: CustomerId, ids: readonly string[]): Promise<ReadonlyMap<string, EmailState>> {
    const states = new Map<string, EmailState>();
    for (let start = 0; start < ids.length; start += BATCH) {
      const keys = ids.slice(start, start + BATCH).map((id) => keyOf(customerId, id));
      for (const item of await batchGet(this.#db, this.#table, keys, 'strong')) {
        if (item.email !== undefined) states.set(item[ID] as string, item.email as EmailState);
      }
    }
    return states;
  }

  async begin(customerId: CustomerId, notificationId: string, at: string): Promise<boolean> {
    try {
      await this.#update(customerId, notificationId, {
        UpdateExpression: 'SET #email = :state',
        ConditionExpression: 'attribute_exists(#id) AND attribute_not_exists(#email)',
        ExpressionAttributeNames: { '#email': 'email', '#id': ID },
        ExpressionAttributeValues: { ':state': { status: 'begun', at } satisfies EmailState },
      });
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  async settle(customerId: CustomerId, notificationId: string, state: EmailState): Promise<void> {
    await this.#whileBegun(customerId, notificationId, 'SET #email = :state', { ':state': state });
  }

  async withdraw(customerId: CustomerId, notificationId: string): Promise<void> {
    await this.#whileBegun(customerId, notificationId, 'REMOVE #email', {});
  }

  /** A message that its customer's erasure has taken meanwhile stays away. */
  async #whileBegun(
    customerId: CustomerId,
    notificationId: string,
    UpdateExpression: string,
    values: Record<string, unknown>,
  ): Promise<void> {
    try {
      await this.#update(customerId, notificationId, {
        UpdateExpression,
        ConditionExpression: '#email.#status = :begun',
        ExpressionAttributeNames: { '#email': 'email', '#status': 'status' },
        ExpressionAttributeValues: { ...values, ':begun': 'begun' },
      });
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  #update(customerId: CustomerId, id: string, update: Omit<UpdateCommandInput, 'TableName' | 'Key'>) {
    return this.#db.send(new UpdateCommand({ TableName: this.#table, Key: keyOf(customerId, id), ...update }));
  }
}

const keyOf = (customerId: CustomerId, id: string) => ({ [CUSTOMER]: customerId, [ID]: id });
