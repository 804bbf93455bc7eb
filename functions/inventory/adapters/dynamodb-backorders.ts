import { type DynamoDBDocumentClient, paginateScan, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { INVENTORY_TABLES, orderIn, reservationKey } from '../../published/inventory-tables.ts';
import { parseSku, type Sku } from '../../shared/kernel/ids.ts';
import type { Backorders, WaitingBackorder } from '../application/ports.ts';

const { indexes, partitionKey: KEY } = INVENTORY_TABLES.inventory;
const { partitionKey: AWAITS, sortKey: ORDERED_AT } = indexes.byBackorder;
const INDEX: keyof typeof indexes = 'byBackorder';

/** The orders that wait for goods, by the index of those. */
export class DynamoDbBackorders implements Backorders {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async page(sku: Sku, limit: number, after?: WaitingBackorder): Promise<readonly WaitingBackorder[]> {
    const { Items = [] } = await this.#db.send(
      new QueryCommand({
        TableName: this.#table,
        IndexName: INDEX,
        KeyConditionExpression: '#awaits = :sku',
        ExpressionAttributeNames: { '#awaits': AWAITS },
        ExpressionAttributeValues: { ':sku': sku },
        Limit: limit,
        ...(after === undefined
          ? {}
          : {
              ExclusiveStartKey: {
                ...reservationKey(after.orderId),
                [AWAITS]: sku,
                [ORDERED_AT]: after.orderedAt,
              },
            }),
      }),
    );
    return Items.map((item) => ({ orderId: orderIn(String(item[KEY])), orderedAt: String(item[ORDERED_AT]) }));
  }
  /** Only orders that wait are in the index. */
  async articles(): Promise<readonly Sku[]> {
    const skus = new Set<Sku>();
    const pages = paginateScan(
      { client: this.#db },
      {
        TableName: this.#table,
        IndexName: INDEX,
        ProjectionExpression: '#awaits',
        ExpressionAttributeNames: { '#awaits': AWAITS },
      },
    );
    for await (const { Items = [] } of pages) for (const item of Items) skus.add(parseSku(String(item[AWAITS])));
    return [...skus];
  }
}
