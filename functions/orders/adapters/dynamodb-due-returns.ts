import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { type OrderId, parseOrderId } from '../../shared/kernel/ids.ts';
import type { DueReturns } from '../application/return-ports.ts';
import { RETURNS } from './order-view-rows.ts';
import { ORDER_TABLES } from './tables.ts';

const KEY = ORDER_TABLES.orderView.partitionKey;
const INDEX = 'byReturnDue' satisfies keyof typeof ORDER_TABLES.orderView.indexes;
const { partitionKey: AWAITING, sortKey: DUE } = ORDER_TABLES.orderView.indexes[INDEX];
const PAGE = 50;

/** Orders of which a return is to expire, from an index that has no others. Their projection takes them out of it. */
export class DynamoDbDueReturns implements DueReturns {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async *by(at: string): AsyncIterable<OrderId> {
    const query = {
      TableName: this.#table,
      IndexName: INDEX,
      KeyConditionExpression: '#awaiting = :returns AND #due <= :at',
      ExpressionAttributeNames: { '#awaiting': AWAITING, '#due': DUE },
      ExpressionAttributeValues: { ':returns': RETURNS, ':at': at },
    };
    for await (const { Items = [] } of paginateQuery({ client: this.#db, pageSize: PAGE }, query)) {
      yield* Items.map((item) => parseOrderId(String(item[KEY])));
    }
  }
}
