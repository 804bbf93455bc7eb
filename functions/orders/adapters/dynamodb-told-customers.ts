import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { NOTIFICATION_TABLES, notificationIdOf } from '../../published/notification-tables.ts';
import { isTold } from '../../published/notifications.ts';
import type { RecordedOrderEvent } from '../../published/order-events.ts';
import { batchWrite } from '../../shared/edge/batch-write.ts';
import type { CustomerId } from '../../shared/kernel/ids.ts';
import type { ToldCustomers } from '../application/erasure-ports.ts';

const { partitionKey: CUSTOMER, sortKey: ID } = NOTIFICATION_TABLES.notifications;
/** What DynamoDB takes in one call. */
const BATCH = 25;

type Told = Readonly<Record<string, unknown>>;

/** The inbox that notifications keeps. */
export class DynamoDbToldCustomers implements ToldCustomers {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  /** By their keys: a customer's whole inbox would be read for each order. */
  async forget(customerId: CustomerId, events: readonly RecordedOrderEvent[]): Promise<void> {
    const deletes = events
      .filter(({ type }) => isTold(type))
      .map((event) => ({ DeleteRequest: { Key: { [CUSTOMER]: customerId, [ID]: notificationIdOf(event) } } }));
    for (let start = 0; start < deletes.length; start += BATCH) {
      await batchWrite(this.#db, this.#table, deletes.slice(start, start + BATCH));
    }
  }

  async told(customerId: CustomerId): Promise<readonly Told[]> {
    const told: Told[] = [];
    const query = {
      TableName: this.#table,
      KeyConditionExpression: '#customer = :customer',
      ExpressionAttributeNames: { '#customer': CUSTOMER },
      ExpressionAttributeValues: { ':customer': customerId },
    };
    for await (const { Items = [] } of paginateQuery({ client: this.#db }, query)) told.push(...Items);
    return told;
  }
}
