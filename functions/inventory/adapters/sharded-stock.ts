import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { stockKey } from '../../published/inventory-tables.ts';
import { readShards } from '../../shared/edge/read-shards.ts';
import type { OrderId, Sku } from '../../shared/kernel/ids.ts';
import { isSplitter, MOST_SHARDS, shardFor, splitOf, type Transfer, transfersFor } from '../domain/shards.ts';
import { stockUpdate } from './stock-moves.ts';
import { tryTransaction } from './transaction.ts';

/** The shards of articles: how many there are, what lies where, and how there come to be more. */
export class ShardedStock {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #most: number;
  /** Of the articles that have more than one. They never become fewer: what is known may be too few, and never wrong otherwise. */
  readonly #known = new Map<Sku, number>();

  /** @param most shards of an article. @default as the rule says */
  constructor(db: DynamoDBDocumentClient, tableName: string, most = MOST_SHARDS) {
    this.#db = db;
    this.#table = tableName;
    this.#most = most;
  }

  /** The shard of an article that an order takes its units from. */
  shardFor(orderId: OrderId, sku: Sku, attempt: number): number {
    return shardFor(orderId, this.#knownOf(sku), attempt);
  }

  /** What has to be brought into a shard so that it has `wanted` units; or how many all shards, seen together, have when they are fewer. */
  async transfersTo(sku: Sku, shard: number, wanted: number): Promise<readonly Transfer[] | number> {
    const items = await readShards(this.#db, this.#table, (index) => stockKey(sku, index), this.#knownOf(sku));
    this.#note(sku, items.length);
    const units = items.map(({ available }) => Number(available ?? 0));
    return transfersFor(units, shard, wanted) ?? units.reduce((sum, each) => sum + each, 0);
  }

  /** After an order has met others at an article: looks whether it was split meanwhile, and splits it when they keep meeting. */
  async meet(orderId: OrderId, sku: Sku, attempt: number): Promise<void> {
    const known = this.#knownOf(sku);
    if (known >= this.#most) return;
    const { Item } = await this.#db.send(new GetCommand({ TableName: this.#table, Key: stockKey(sku) }));
    const { shards = 1, available = 0 } = (Item ?? {}) as { shards?: number; available?: number };
    this.#note(sku, shards);
    if (shards === known && attempt > 1 && isSplitter(orderId)) await this.#split(sku, shards, available);
  }

  /** Another order may do the same at this moment: then one of both does nothing. */
  async #split(sku: Sku, shards: number, available: number): Promise<void> {
    const split = splitOf(shards, available, this.#most);
    if (!split) return;
    const { after, share } = split;
    const first = stockUpdate(
      this.#table,
      { sku },
      { changes: { available: -share * (after - shards) }, set: { shards: after } },
    ).Update;
    const reasons = await tryTransaction(this.#db, [
      {
        Update: {
          ...first,
          ConditionExpression: `${first.ConditionExpression} AND (attribute_not_exists(#shards) OR #shards < :shards)`,
        },
      },
      ...Array.from({ length: after - shards }, (_, index) =>
        stockUpdate(this.#table, { sku, shard: shards + index }, { changes: { available: share } }),
      ),
    ]);
    if (!reasons) this.#note(sku, after);
  }

  #knownOf(sku: Sku): number {
    return this.#known.get(sku) ?? 1;
  }

  #note(sku: Sku, shards: number): void {
    if (shards > this.#knownOf(sku)) this.#known.set(sku, shards);
  }
}
