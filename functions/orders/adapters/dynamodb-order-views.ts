import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { TABLES } from '../../shared/tables.ts';
import type { OrderView } from '../domain/order-view.ts';
import type { OrderViewBatches, OrderViews, ProjectedOrders } from '../ports.ts';
import { batchGet } from './batch-get.ts';
import { rowOf, viewOfRow } from './order-view-rows.ts';

const KEY = TABLES.orderView.partitionKey;

export class DynamoDbOrderViews implements OrderViews, OrderViewBatches, ProjectedOrders {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  find(orderId: OrderId): Promise<OrderView | undefined> {
    return this.#get(orderId, false);
  }

  current(orderId: string): Promise<OrderView | undefined> {
    return this.#get(orderId, true);
  }

  async findMany(orderIds: readonly string[]): Promise<ReadonlyMap<string, OrderView>> {
    const rows = await batchGet(this.#db, this.#table, [...new Set(orderIds)].map((orderId) => ({ [KEY]: orderId })));
    return new Map(rows.map(viewOfRow).map((view) => [view.orderId, view]));
  }

  async replace(view: OrderView, replaced: number | undefined): Promise<boolean> {
    const condition = replaced === undefined
      ? { ConditionExpression: 'attribute_not_exists(#key)', ExpressionAttributeNames: { '#key': KEY } }
      : { ConditionExpression: '#version = :replaced', ExpressionAttributeNames: { '#version': 'version' }, ExpressionAttributeValues: { ':replaced': replaced } };
    try {
      await this.#db.send(new PutCommand({ TableName: this.#table, Item: rowOf(view), ...condition }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  async #get(orderId: string, ConsistentRead: boolean): Promise<OrderView | undefined> {
    const { Item } = await this.#db.send(new GetCommand({ TableName: this.#table, Key: { [KEY]: orderId }, ConsistentRead }));
    return Item && viewOfRow(Item);
  }
}
