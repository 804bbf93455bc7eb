import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Sku } from '../../shared/kernel/ids.ts';
import { DependencyUnavailable } from '../../shared/kernel/errors.ts';
import { TABLES } from '../../shared/tables.ts';
import type { Article, Catalogue } from '../ports.ts';

const KEY = TABLES.catalogue.partitionKey;
/** DynamoDB may leave keys of a batch unread when it is busy; asked again this often. */
const MAX_ROUNDS = 5;

/** The catalogue on DynamoDB. Takes at most 100 SKUs, which is also the most that an order has. */
export class DynamoDbCatalogue implements Catalogue {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async find(skus: readonly Sku[]): Promise<ReadonlyMap<Sku, Article>> {
    const found = new Map<Sku, Article>();
    let wanted: Record<string, unknown>[] = skus.map((sku) => ({ [KEY]: sku }));
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const { Responses, UnprocessedKeys } = await this.#db.send(new BatchGetCommand({ RequestItems: { [this.#table]: { Keys: wanted } } }));
      for (const item of (Responses?.[this.#table] ?? []) as Article[]) found.set(item.sku, item);
      wanted = UnprocessedKeys?.[this.#table]?.Keys ?? [];
      if (wanted.length === 0) return found;
    }
    throw new DependencyUnavailable('The catalogue did not answer for every article.');
  }
}
