import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, paginateQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { OldOrder, OldOrders } from '../application/erasure-ports.ts';
import { KEPT_PARTS } from './order-view-rows.ts';
import { ORDER_TABLES } from './tables.ts';

const KEY = ORDER_TABLES.orderView.partitionKey;
const INDEX = 'byKept' satisfies keyof typeof ORDER_TABLES.orderView.indexes;
const { partitionKey: PART, sortKey: FROM } = ORDER_TABLES.orderView.indexes[INDEX];
/** Of each part. */
const PAGE = 25;

/** Orders by the time from which their personal data is kept, from an index that has only those that are over and not erased. */
export class DynamoDbOldOrders implements OldOrders {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  /** A page of every part at a time, so that none waits for another. */
  async *pages(before: string): AsyncIterable<readonly OldOrder[]> {
    let parts = KEPT_PARTS.map((part) => this.#part(part, before)[Symbol.asyncIterator]());
    while (parts.length > 0) {
      const pages = await Promise.all(parts.map((part) => part.next()));
      parts = parts.filter((_, index) => pages[index]?.done !== true);
      const orders = pages.flatMap(({ done, value }) => (done === true ? [] : value));
      if (orders.length > 0) yield orders.sort((one, other) => (one.keptFrom < other.keptFrom ? -1 : 1));
    }
  }

  async *#part(part: string, before: string): AsyncIterable<readonly OldOrder[]> {
    const query = {
      TableName: this.#table,
      IndexName: INDEX,
      KeyConditionExpression: '#part = :part AND #from < :before',
      ExpressionAttributeNames: { '#part': PART, '#from': FROM },
      ExpressionAttributeValues: { ':part': part, ':before': before },
    };
    for await (const { Items = [] } of paginateQuery({ client: this.#db, pageSize: PAGE }, query)) {
      yield Items as unknown as readonly OldOrder[];
    }
  }

  keepFrom(order: OldOrder, from: string): Promise<void> {
    return this.#update(order, {
      UpdateExpression: 'SET #from = :from',
      names: { '#from': FROM },
      values: { ':from': from },
    });
  }

  markErased(order: OldOrder): Promise<void> {
    return this.#update(order, { UpdateExpression: 'REMOVE #part, #from', names: { '#part': PART, '#from': FROM } });
  }

  /** What something has changed is in the index as the change has left it. */
  async #update(
    { orderId, version }: OldOrder,
    change: {
      readonly UpdateExpression: string;
      readonly names: Readonly<Record<string, string>>;
      readonly values?: Readonly<Record<string, string>>;
    },
  ): Promise<void> {
    try {
      await this.#db.send(
        new UpdateCommand({
          TableName: this.#table,
          Key: { [KEY]: orderId },
          UpdateExpression: change.UpdateExpression,
          ConditionExpression: '#version = :version',
          ExpressionAttributeNames: { ...change.names, '#version': 'version' },
          ExpressionAttributeValues: { ...change.values, ':version': version },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}
