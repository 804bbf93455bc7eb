import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { INVENTORY_TABLES, skuIn, stockKey } from '../../published/inventory-tables.ts';
import type { Sku } from '../../shared/kernel/ids.ts';
import type { WatchedArticle, WatchedArticles, WatchStatus } from '../application/stock-ports.ts';

const { indexes, partitionKey: KEY } = INVENTORY_TABLES.inventory;
const { partitionKey: WATCH } = indexes.byWatch;
const [INDEX] = Object.keys(indexes);

/** Articles by the index of those that have a threshold. */
export class DynamoDbWatchedArticles implements WatchedArticles {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async page(status: WatchStatus, limit: number, after?: Sku): Promise<readonly WatchedArticle[]> {
    const { Items = [] } = await this.#db.send(
      new QueryCommand({
        TableName: this.#table,
        IndexName: INDEX,
        KeyConditionExpression: '#watch = :status',
        ExpressionAttributeNames: { '#watch': WATCH },
        ExpressionAttributeValues: { ':status': status },
        Limit: limit,
        ...(after === undefined ? {} : { ExclusiveStartKey: { ...stockKey(after), [WATCH]: status } }),
      }),
    );
    return Items.map((item) => ({ sku: skuIn(String(item[KEY])), threshold: Number(item['lowStockThreshold']) }));
  }
}
