import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type OrderId, parseOrderId } from '../../shared/kernel/ids.ts';
import type { OldOrder, OldOrders } from '../application/erasure-ports.ts';
import { ERASED_VERSION } from './order-view-rows.ts';
import { ORDER_TABLES } from './tables.ts';

const KEY = ORDER_TABLES.orderView.partitionKey;

/** Views by their age, from a scan: one item an order, where the log has many. */
export class DynamoDbOldOrders implements OldOrders {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async page(before: string, after?: OrderId): Promise<{ orders: readonly OldOrder[]; next?: OrderId }> {
    const { Items = [], LastEvaluatedKey } = await this.#db.send(
      new ScanCommand({
        TableName: this.#table,
        ProjectionExpression: '#key, #customer, #version',
        FilterExpression: '#updated < :before AND (attribute_not_exists(#erased) OR #erased <> #version)',
        ExpressionAttributeNames: {
          '#key': KEY,
          '#customer': 'customerId',
          '#version': 'version',
          '#updated': 'updatedAt',
          '#erased': ERASED_VERSION,
        },
        ExpressionAttributeValues: { ':before': before },
        ...(after === undefined ? {} : { ExclusiveStartKey: { [KEY]: after } }),
      }),
    );
    const orders = Items as unknown as OldOrder[];
    return LastEvaluatedKey === undefined ? { orders } : { orders, next: parseOrderId(String(LastEvaluatedKey[KEY])) };
  }

  async markErased({ orderId, version }: OldOrder): Promise<void> {
    try {
      await this.#db.send(
        new UpdateCommand({
          TableName: this.#table,
          Key: { [KEY]: orderId },
          UpdateExpression: 'SET #erased = :version',
          ConditionExpression: '#version = :version',
          ExpressionAttributeNames: { '#erased': ERASED_VERSION, '#version': 'version' },
          ExpressionAttributeValues: { ':version': version },
        }),
      );
    } catch (error) {
      // Something has changed it: it is looked at again.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}
