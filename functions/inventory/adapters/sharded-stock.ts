import { isDeepStrictEqual } from 'node:util';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { countsByLocation, stockKey } from '../../published/inventory-tables.ts';
import { lookAtShards } from '../../shared/edge/read-shards.ts';
import type { OrderId, Sku } from '../../shared/kernel/ids.ts';
import type { LocationId } from '../../shared/kernel/location.ts';
import { isSplitter, MOST_SHARDS, shardFor, splitOf } from '../domain/shards.ts';
import { at, stockUpdate, together } from './stock-moves.ts';
import { keptMeeting, tryTransaction } from './transaction.ts';

/** Others may buy, and bring units from one shard to another, while an order looks. */
const MOST_LOOKS = 8;

type Item = Readonly<Record<string, unknown>>;

/** What orders can have of an article: the units in each shard, by location. */
export type Shelves = (location: LocationId) => readonly number[];

/** What orders can have in one shard, by location. */
const availableIn = (item: Item): ReadonlyMap<LocationId, number> =>
  new Map(
    [...countsByLocation(item, ['available'])].map(([location, { available = 0 }]) => [location, available] as const),
  );

/** @param items of all shards of the article */
export function shelvesOf(items: readonly Item[]): Shelves {
  const shards = items.map(availableIn);
  return (location) => shards.map((units) => units.get(location) ?? 0);
}

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

  /**
   * What the shards of the article have. Enough is what one look has seen: the transaction that takes it finds out when it has gone. Too
   * little is what two looks have seen, one after the other and the same in each shard: units that were on their way past the first one
   * have arrived for the second.
   * @throws ConcurrencyConflict when what is too little kept changing
   */
  async look(sku: Sku, isEnough: (shelves: Shelves) => boolean): Promise<Shelves> {
    let before: readonly Item[] | undefined;
    for (let look = 1; look <= MOST_LOOKS; look += 1) {
      const keyOf = (shard: number) => stockKey(sku, shard);
      const items = await lookAtShards(this.#db, this.#table, keyOf, this.#knownOf(sku));
      this.#note(sku, items.length);
      const shelves = shelvesOf(items);
      if (items.length <= 1 || isEnough(shelves) || isDeepStrictEqual(items, before)) return shelves;
      before = items;
    }
    throw keptMeeting();
  }

  /** After an order has met others at an article: looks whether it was split meanwhile, and splits it when they keep meeting. */
  async meet(orderId: OrderId, sku: Sku, attempt: number): Promise<void> {
    const known = this.#knownOf(sku);
    if (known >= this.#most) return;
    const { Item = {} } = await this.#db.send(new GetCommand({ TableName: this.#table, Key: stockKey(sku) }));
    const shards = Number(Item['shards'] ?? 1);
    this.#note(sku, shards);
    if (shards === known && attempt > 1 && isSplitter(orderId)) await this.#split(sku, shards, availableIn(Item));
  }

  /** Another order may do the same at this moment: then one of both does nothing. */
  async #split(sku: Sku, shards: number, available: ReadonlyMap<LocationId, number>): Promise<void> {
    const split = splitOf(shards, available, this.#most);
    if (!split) return;
    const { after, shares } = split;
    const given = (times: number) =>
      together(shares.map(([location, share]) => at(location, { available: times * share })));
    const first = stockUpdate(this.#table, { sku }, { changes: given(shards - after), set: { shards: after } }).Update;
    const reasons = await tryTransaction(this.#db, [
      {
        Update: {
          ...first,
          ConditionExpression: `${first.ConditionExpression} AND (attribute_not_exists(#shards) OR #shards < :shards)`,
        },
      },
      ...Array.from({ length: after - shards }, (_, index) =>
        stockUpdate(this.#table, { sku, shard: shards + index }, { changes: given(1) }),
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
