import { DeleteCommand, type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { NOTIFICATION_TABLES } from '../../published/notification-tables.ts';
import type { CustomerId, OrderId } from '../../shared/kernel/ids.ts';
import type { ToldCustomers } from '../application/erasure-ports.ts';

const { partitionKey: CUSTOMER, sortKey: ID } = NOTIFICATION_TABLES.notifications;

type Told = Readonly<Record<string, unknown>> & { readonly values?: { readonly orderId?: string } };

/** The inbox that notifications keeps. */
export class DynamoDbToldCustomers implements ToldCustomers {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async forget(customerId: CustomerId, orderIds: readonly OrderId[]): Promise<void> {
    const about = new Set<string>(orderIds);
    for (const { values, [ID]: id } of await this.told(customerId)) {
      if (values?.orderId === undefined || !about.has(values.orderId)) continue;
      await this.#db.send(new DeleteCommand({ TableName: this.#table, Key: { [CUSTOMER]: customerId, [ID]: id } }));
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
