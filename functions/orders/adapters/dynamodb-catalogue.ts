import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../../shared/edge/batch-get.ts';
import type { Sku } from '../../shared/kernel/ids.ts';
import type { Article, Catalogue } from '../application/ports.ts';
import { ORDER_TABLES } from './tables.ts';

const KEY = ORDER_TABLES.catalogue.partitionKey;

/** The catalogue on DynamoDB. Takes at most 100 SKUs, which is also the most that an order has. */
export class DynamoDbCatalogue implements Catalogue {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async find(skus: readonly Sku[]): Promise<ReadonlyMap<Sku, Article>> {
    const articles = await batchGet(
      this.#db,
      this.#table,
      skus.map((sku) => ({ [KEY]: sku })),
    );
    return new Map((articles as unknown as Article[]).map((article) => [article.sku, article]));
  }
}
