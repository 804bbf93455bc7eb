import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { countsByLocation, stockKey } from '../../published/inventory-tables.ts';
import { addedUp, readShards } from '../../shared/edge/read-shards.ts';
import type { Sku } from '../../shared/kernel/ids.ts';
import type { ArticleCounts } from '../application/ports.ts';
import { type Counts, NO_UNITS } from '../domain/article-findings.ts';

const NAMES = ['available', 'reserved', 'sold', 'damaged', 'received', 'safetyStock'] as const;

/** The counts that the inventory keeps of each article, as they were in one moment. */
export class DynamoDbCounts implements ArticleCounts {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async find(sku: Sku): Promise<Counts | undefined> {
    const found = addedUp(await readShards(this.#db, this.#table, (shard) => stockKey(sku, shard)));
    if (!found) return undefined;
    const locations = new Map(
      [...countsByLocation(found, NAMES)].map(([location, { safetyStock = 0, ...counts }]) => {
        // The safety stock is kept apart from what can be sold.
        const available = (counts.available ?? 0) + safetyStock;
        return [location, { ...NO_UNITS, ...counts, available }] as const;
      }),
    );
    return { locations, version: Number(found['version'] ?? 0) };
  }
}
