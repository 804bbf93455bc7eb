import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { TABLES } from '../../shared/tables.ts';
import type { OrderView } from '../domain/order-view.ts';
import type { OrderViews } from '../ports.ts';
import { rowOf, viewOfRow } from './order-view-rows.ts';

const KEY = TABLES.orderView.partitionKey;

export class DynamoDbOrderViews implements OrderViews {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async find(orderId: OrderId): Promise<OrderView | undefined> {
    const { Item } = await this.#db.send(new GetCommand({ TableName: this.#table, Key: { [KEY]: orderId } }));
    return Item && viewOfRow(Item);
  }

  async save(view: OrderView): Promise<void> {
    try {
      await this.#db.send(new PutCommand({
        TableName: this.#table,
        Item: rowOf(view),
        ConditionExpression: 'attribute_not_exists(#key) OR #version < :version',
        ExpressionAttributeNames: { '#key': KEY, '#version': 'version' },
        ExpressionAttributeValues: { ':version': view.version },
      }));
    } catch (error) {
      // A newer view is there: events come in any order, and this one came late.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}
