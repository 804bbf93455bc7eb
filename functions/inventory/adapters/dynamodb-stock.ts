import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { stockKey } from '../../published/inventory-tables.ts';
import { STOCK } from '../../published/stock-log.ts';
import { batchGet } from '../../shared/edge/batch-get.ts';
import { commandPut, eventPut } from '../../shared/event-log/dynamodb-event-log.ts';
import type { Sku } from '../../shared/kernel/ids.ts';
import type { ArticleStock, Stock, StockChange, StockChangeOutcome, WatchStatus } from '../application/stock-ports.ts';
import { type Changes, changesOf, NO_STOCK, sumOf } from '../domain/stock-count.ts';
import { limitsAfter, limitsOf, NO_LIMITS, type WatchedLimits } from '../domain/stock-limits.ts';
import { KEY, stockUpdate, unitsThatGo } from './stock-moves.ts';
import { failed, transact } from './transaction.ts';

/** The tables that changes are recorded in, beside that of the counts. */
export interface HistoryTables {
  readonly stockLog: string;
  /** Where the ids are kept of what was carried out. */
  readonly commands: string;
}

/**
 * Stock on DynamoDB: the counts of an article are in one item, which also says how far its stream goes. Its `available` is without the
 * safety stock, and negative when there is less: a reservation needs no further condition. `watch` is for the index of articles that have
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
    const { Item } = await this.#db.send(
      new GetCommand({ TableName: this.#table, Key: stockKey(sku), ConsistentRead: true }),
    );
    if (!Item) return undefined;
    const { [KEY]: _, ...counts } = Item;
    return articleStock(counts);
  }

  async forSale(skus: readonly Sku[]): Promise<ReadonlyMap<Sku, number>> {
    const keys = skus.map(stockKey);
    const items = await batchGet(this.#db, this.#table, keys);
    const counts = new Map(items.map((item) => [String(item[KEY]), Math.max(0, Number(item['available'] ?? 0))]));
    return new Map(
      skus.flatMap((sku) => {
        const units = counts.get(stockKey(sku)[KEY]);
        return units === undefined ? [] : [[sku, units] as const];
      }),
    );
  }

  async change(sku: Sku, { events, before, commandId, requestHash }: StockChange): Promise<StockChangeOutcome> {
    if (!this.#history) throw new Error('This stock was made without tables for its history.');
    const { stockLog, commands } = this.#history;
    const { version, safetyStock } = before;
    const after = version + events.length;
    const changes = sumOf(events.map(changesOf));
    const limits = limitsOf(before);
    const limitsThen = limitsAfter(limits, events);
    const known = { sku, version: after, ...(requestHash === undefined ? {} : { requestHash }) };
    const reasons = await transact(this.#db, [
      { Put: commandPut(commands, commandId, known) },
      ...events.map((event, index) => ({
        Put: eventPut(STOCK, stockLog, { ...event, sku, version: version + index + 1 }),
      })),
      stockUpdate(this.#table, sku, {
        changes: keptFromOrders(changes, limitsThen.safetyStock - safetyStock),
        needed: fromSafetyStock(unitsThatGo(changes), safetyStock),
        set: { version: after, ...(limitsThen === limits ? {} : limitAttributes(limitsThen)) },
      }),
    ]);
    if (!reasons) return { kind: 'changed' };
    // By place: the command, the events, the counts. A repetition finds the other two changed by its first run.
    const [command, ...others] = reasons;
    if (failed(command)) return knownFrom(unmarshall(command!.Item!));
    return failed(others.at(-1)) && !others.slice(0, -1).some(failed) ? { kind: 'too-few' } : { kind: 'version-taken' };
  }
}

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
