import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, type PutCommandInput } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../../shared/edge/batch-get.ts';
import type { OrderViews, ProjectedOrders, RestoredOrders } from '../application/ports.ts';
import type { OrderView } from '../domain/order-view.ts';
import { rowOf, viewOfRow } from './order-view-rows.ts';
import { ORDER_TABLES } from './tables.ts';

const KEY = ORDER_TABLES.orderView.partitionKey;

export class DynamoDbOrderViews implements OrderViews, ProjectedOrders, RestoredOrders {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async current(orderId: string): Promise<OrderView | undefined> {
    const { Item } = await this.#db.send(
      new GetCommand({ TableName: this.#table, Key: { [KEY]: orderId }, ConsistentRead: true }),
    );
    return Item && viewOfRow(Item);
  }

  async findMany(orderIds: readonly string[]): Promise<ReadonlyMap<string, OrderView>> {
    const rows = await batchGet(
      this.#db,
      this.#table,
      [...new Set(orderIds)].map((orderId) => ({ [KEY]: orderId })),
    );
    return new Map(rows.map(viewOfRow).map((view) => [view.orderId, view]));
  }

  replace(view: OrderView, replaced: number | undefined): Promise<boolean> {
    return this.#put(
      view,
      replaced === undefined
        ? { ConditionExpression: 'attribute_not_exists(#key)', ExpressionAttributeNames: { '#key': KEY } }
        : {
            ConditionExpression: '#version = :replaced',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':replaced': replaced },
          },
    );
  }

  async restore(view: OrderView): Promise<void> {
    await this.#put(view, {
      ConditionExpression: 'attribute_not_exists(#version) OR #version <= :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':version': view.version },
    });
  }

  /** Resolves to whether the condition held. */
  async #put(
    view: OrderView,
    condition: Pick<PutCommandInput, 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'>,
  ): Promise<boolean> {
    try {
      await this.#db.send(new PutCommand({ TableName: this.#table, Item: rowOf(view), ...condition }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}
