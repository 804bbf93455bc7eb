import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { countAt, stockKey } from '../../published/inventory-tables.ts';
import { STOCK } from '../../published/stock-log.ts';
import { batchGet } from '../../shared/edge/batch-get.ts';
import { addedUp, readShards } from '../../shared/edge/read-shards.ts';
import { commandPut, eventPut } from '../../shared/event-log/dynamodb-event-log.ts';
import type { Sku } from '../../shared/kernel/ids.ts';
import type { LocationId } from '../../shared/kernel/location.ts';
import type { Stock, StockChange, StockChangeOutcome } from '../application/stock-ports.ts';
import type { ArticleStock } from '../domain/article-stock.ts';
import { splitUpdates, wholeUpdate } from './count-change.ts';
import { KEY } from './stock-moves.ts';
import { countChange, storedStock } from './stored-stock.ts';
import { failed, keptMeeting, type TransactItem, transact } from './transaction.ts';

/** DynamoDB reads no more items in one batch. */
const BATCH = 100;
/** Units may have gone between a look at other shards and the change that takes them: how often it is tried. */
const LOOKS = 8;

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
    const item = addedUp(await this.#shards(sku));
    return item && storedStock(item);
  }

  async forSale(skus: readonly Sku[], locations: readonly LocationId[]): Promise<ReadonlyMap<Sku, number>> {
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
    return new Map(
      skus.flatMap((sku) => {
        const key = stockKey(sku)[KEY];
        const own = items.filter((item) => item[KEY] === key || String(item[KEY]).startsWith(`${key}#`));
        const units = locations.map((location) =>
          own.reduce((sum, item) => sum + Number(item[countAt('available', location)] ?? 0), 0),
        );
        return own.length === 0 ? [] : [[sku, units.reduce((sum, each) => sum + Math.max(0, each), 0)] as const];
      }),
    );
  }

  /** Of an article that is split, the shards are read first: what goes may lie in several. */
  async change(sku: Sku, change: StockChange): Promise<StockChangeOutcome> {
    const counts = countChange(change);
    const whole = [wholeUpdate(this.#table, sku, counts)];
    let updates: readonly TransactItem[] | undefined = whole;
    for (let look = 1; look <= LOOKS; look += 1) {
      // What has too little may be a repetition, which its record says.
      const reasons = await this.#write(sku, change, updates ?? whole);
      if (!reasons) return { kind: 'changed' };
      // By place: the command, the events, the counts. A repetition finds the other two changed by its first run.
      const [command, ...others] = reasons;
      if (failed(command)) return knownFrom(unmarshall(command!.Item!));
      if (others.slice(0, change.events.length).some(failed)) return { kind: 'version-taken' };
      const reason = others[change.events.length];
      if (!updates || (failed(reason) && !reason?.Item?.['shards'])) return { kind: 'too-few' };
      updates = splitUpdates(this.#table, sku, await this.#shards(sku), counts);
    }
    throw keptMeeting();
  }

  #write(sku: Sku, change: StockChange, updates: readonly TransactItem[]) {
    if (!this.#history) throw new Error('This stock was made without tables for its history.');
    const { stockLog, commands } = this.#history;
    const { events, before, commandId, requestHash } = change;
    const known = {
      sku,
      version: before.version + events.length,
      ...(requestHash === undefined ? {} : { requestHash }),
    };
    return transact(this.#db, [
      { Put: commandPut(commands, commandId, known) },
      ...events.map((event, index) => ({
        Put: eventPut(STOCK, stockLog, { ...event, sku, version: before.version + index + 1 }),
      })),
      ...updates,
    ]);
  }

  #shards(sku: Sku) {
    return readShards(this.#db, this.#table, (shard) => stockKey(sku, shard));
  }
}

/** The record that the first run has left. */
const knownFrom = (record: Readonly<Record<string, unknown>>): StockChangeOutcome => {
  const { sku, requestHash } = record as { readonly sku: Sku; readonly requestHash?: string };
  return { kind: 'known', sku, requestHash };
};
