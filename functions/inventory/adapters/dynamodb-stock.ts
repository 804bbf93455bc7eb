import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { stockKey } from '../../published/inventory-tables.ts';
import { STOCK } from '../../published/stock-log.ts';
import { batchGet } from '../../shared/edge/batch-get.ts';
import { addedUp, readShards } from '../../shared/edge/read-shards.ts';
import { commandPut, eventPut } from '../../shared/event-log/dynamodb-event-log.ts';
import type { Sku } from '../../shared/kernel/ids.ts';
import type { ArticleStock, Stock, StockChange, StockChangeOutcome, WatchStatus } from '../application/stock-ports.ts';
import { transfersFor } from '../domain/shards.ts';
import { type Changes, changesOf, NO_STOCK, sumOf } from '../domain/stock-count.ts';
import { limitsAfter, limitsOf, NO_LIMITS, type WatchedLimits } from '../domain/stock-limits.ts';
import { KEY, stockUpdate, unitsThatGo } from './stock-moves.ts';
import { failed, transact } from './transaction.ts';

/** DynamoDB reads no more items in one batch. */
const BATCH = 100;
/** Units may have gone between a look at other shards and the change that takes them: how often it is tried. */
const LOOKS = 5;

/** The tables that changes are recorded in, beside that of the counts. */
export interface HistoryTables {
  readonly stockLog: string;
  /** Where the ids are kept of what was carried out. */
  readonly commands: string;
}

/**
 * Stock on DynamoDB: the counts of an article are in its shards, the first of which also says how far its stream goes. Their `available` is
 * without the safety stock, and negative when there is less: a reservation needs no further condition. `watch` is for the index of articles that have
 * a threshold.
 */
export class DynamoDbStock implements Stock {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #history: HistoryTables | undefined;

  /** @param history where changes are recorded. @default nowhere: for callers that only read */
  constructor(db: DynamoDBDocumentClient, tableName: string, history?: HistoryTables) {
    this.#db = db;
    this.#table = tableName;
    this.#history = history;
  }

  async find(sku: Sku): Promise<ArticleStock | undefined> {
    const counts = addedUp(await this.#shards(sku));
    if (!counts) return undefined;
    const { [KEY]: _key, shards: _shards, ...stock } = counts;
    return articleStock(stock);
  }

  async forSale(skus: readonly Sku[]): Promise<ReadonlyMap<Sku, number>> {
    const first = await batchGet(
      this.#db,
      this.#table,
      skus.map((sku) => stockKey(sku)),
    );
    const further = first.flatMap(({ [KEY]: key, shards = 1 }) =>
      Array.from({ length: Number(shards) - 1 }, (_, index) => ({ [KEY]: `${String(key)}#${index + 1}` })),
    );
    const items = [...first];
    for (let from = 0; from < further.length; from += BATCH) {
      items.push(...(await batchGet(this.#db, this.#table, further.slice(from, from + BATCH))));
    }
    const counts = new Map<string, number>();
    for (const { [KEY]: key, available = 0 } of items) {
      const article = String(key).split('#', 2).join('#');
      counts.set(article, (counts.get(article) ?? 0) + Number(available));
    }
    return new Map(
      skus.flatMap((sku) => {
        const units = counts.get(stockKey(sku)[KEY]);
        return units === undefined ? [] : [[sku, Math.max(0, units)] as const];
      }),
    );
  }

  async change(sku: Sku, change: StockChange): Promise<StockChangeOutcome> {
    for (let look = 1; ; look += 1) {
      const outcome = await this.#change(sku, change);
      if (outcome.kind !== 'too-few' || look === LOOKS || !(await this.#gather(sku, neededFor(change)))) return outcome;
    }
  }

  async #change(sku: Sku, { events, before, commandId, requestHash }: StockChange): Promise<StockChangeOutcome> {
    if (!this.#history) throw new Error('This stock was made without tables for its history.');
    const { stockLog, commands } = this.#history;
    const { version, safetyStock } = before;
    const after = version + events.length;
    const limits = limitsOf(before);
    const limitsThen = limitsAfter(limits, events);
    const moreSafetyStock = limitsThen.safetyStock - safetyStock;
    const known = { sku, version: after, ...(requestHash === undefined ? {} : { requestHash }) };
    const reasons = await transact(this.#db, [
      { Put: commandPut(commands, commandId, known) },
      ...events.map((event, index) => ({
        Put: eventPut(STOCK, stockLog, { ...event, sku, version: version + index + 1 }),
      })),
      stockUpdate(
        this.#table,
        { sku },
        {
          changes: keptFromOrders(sumOf(events.map(changesOf)), moreSafetyStock),
          needed: neededFor({ events, before }),
          set: { version: after, ...(limitsThen === limits ? {} : limitAttributes(limitsThen)) },
        },
      ),
    ]);
    if (!reasons) {
      // The first shard keeps the safety stock, also for the others.
      if (moreSafetyStock > 0) await this.#gather(sku, { available: 0 });
      return { kind: 'changed' };
    }
    // By place: the command, the events, the counts. A repetition finds the other two changed by its first run.
    const [command, ...others] = reasons;
    if (failed(command)) return knownFrom(unmarshall(command!.Item!));
    return failed(others.at(-1)) && !others.slice(0, -1).some(failed) ? { kind: 'too-few' } : { kind: 'version-taken' };
  }

  /** Brings units from the others into the first shard, until it has what is wanted or all there is. Resolves to whether there were any. */
  async #gather(sku: Sku, wanted: Changes): Promise<boolean> {
    const shards = await this.#shards(sku);
    const moves = Object.entries(wanted).flatMap(([shelf, units]) => {
      const counts = shards.map((shard) => Number(shard[shelf] ?? 0));
      const all = counts.reduce((sum, count) => sum + count, 0);
      return (transfersFor(counts, 0, Math.min(units, all)) ?? []).map((transfer) => ({ ...transfer, shelf }));
    });
    for (const { shelf, from, units } of moves) {
      await transact(this.#db, [
        stockUpdate(this.#table, { sku, shard: from }, { changes: { [shelf]: -units } }),
        stockUpdate(this.#table, { sku }, { changes: { [shelf]: units } }),
      ]);
    }
    return moves.length > 0;
  }

  #shards(sku: Sku) {
    return readShards(this.#db, this.#table, (shard) => stockKey(sku, shard));
  }
}

/** What has to be there for the change. */
const neededFor = ({ events, before: { safetyStock } }: Pick<StockChange, 'events' | 'before'>): Changes =>
  fromSafetyStock(unitsThatGo(sumOf(events.map(changesOf))), safetyStock);

/** The changes when the safety stock grows by so many units. */
const keptFromOrders = (changes: Changes, units: number): Changes =>
  units === 0 ? changes : { ...changes, available: (changes.available ?? 0) - units };

/** What is needed of each count when the safety stock may go as well. */
const fromSafetyStock = (needed: Changes, safetyStock: number): Changes =>
  needed.available === undefined ? needed : { ...needed, available: needed.available - safetyStock };

const watchStatus = (low: boolean): WatchStatus => (low ? 'low' : 'watched');

const limitAttributes = ({ safetyStock, lowStockThreshold, low }: WatchedLimits) => ({
  safetyStock,
  lowStockThreshold,
  watch: lowStockThreshold === undefined ? undefined : watchStatus(low),
});

/** Counts that an item does not have are 0; an article whose stream has not begun has received what it has. */
function articleStock({ watch, ...item }: Readonly<Record<string, unknown>>): ArticleStock {
  const found = { ...NO_STOCK, ...NO_LIMITS, version: 0, ...item };
  const stock: ArticleStock = {
    ...found,
    available: found.available + found.safetyStock,
    low: watch === watchStatus(true),
  };
  const { available, reserved, sold, version } = stock;
  return version === 0 ? { ...stock, received: available + reserved + sold } : stock;
}

/** The record that the first run has left. */
const knownFrom = (record: Readonly<Record<string, unknown>>): StockChangeOutcome => {
  const { sku, requestHash } = record as { readonly sku: Sku; readonly requestHash?: string };
  return { kind: 'known', sku, requestHash };
};
