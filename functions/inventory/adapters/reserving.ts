import type { CancellationReason } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { OrderId, Sku } from '../../shared/kernel/ids.ts';
import type { LocationId, UnitsAt } from '../../shared/kernel/location.ts';
import { allocate } from '../domain/allocation.ts';
import { type Transfer, transfersFor } from '../domain/shards.ts';
import type { Sources } from '../domain/sources.ts';
import { type HeldLine, heldLine, type Shortage, type StockLine } from '../domain/stock-line.ts';
import { type ShardedStock, type Shelves, shelvesOf } from './sharded-stock.ts';
import { at, byArticle, stockMove, stockUpdate, together, type Units } from './stock-moves.ts';
import { failed, isBusy, keptMeeting, type TransactItem, tryTransaction } from './transaction.ts';

/** DynamoDB takes no more in one transaction. */
const MOST_ITEMS = 100;
/** Units may have gone elsewhere between a look and the transaction that wants them. */
const MOST_TRIES = 8;
/** From this try on the waits become no longer. */
const LONGEST_PAUSE = 4;

/** Units that come from another shard of the article in the same transaction. */
interface Brought extends Transfer {
  readonly location: LocationId;
}

/** Where an order gets an article from: one shard, and in it the units of one location or of several. */
interface Placed {
  readonly line: StockLine;
  readonly shard: number;
  readonly parts: readonly UnitsAt[];
  readonly brought: readonly Brought[];
}

/** What an order wants, and what it gives back for it: no article is in both. */
export interface Exchange {
  /** Each of another article. */
  readonly lines: readonly StockLine[];
  readonly sources: Sources;
  /** Lines of the reservation, or parts of them. @default nothing */
  readonly back?: readonly HeldLine[];
  /** What the order has already: an article stays in its shard. @default nothing */
  readonly stay?: readonly HeldLine[];
}

/**
 * The result of reserving; nothing happened unless it is `written`.
 * - `stopped`: a condition of the other items has failed; `reasons` are theirs, by place
 * - `short`: of these articles there is too little in all shards and at all locations together
 */
export type Reserved =
  | { readonly kind: 'written' }
  | { readonly kind: 'stopped'; readonly reasons: readonly CancellationReason[] }
  | { readonly kind: 'short'; readonly short: readonly Shortage[] };

/** Reserves units of articles at whichever location and in whichever shard they lie, together with other items, in one transaction. */
export class Reserving {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #stock: ShardedStock;
  readonly #pause: (attempt: number) => Promise<void>;

  constructor(
    db: DynamoDBDocumentClient,
    tableName: string,
    stock: ShardedStock,
    pause: (attempt: number) => Promise<void>,
  ) {
    this.#db = db;
    this.#table = tableName;
    this.#stock = stock;
    this.#pause = pause;
  }

  /**
   * Everything is tried at the first location, where most orders find it, so that nothing is read before. Only what is stopped looks at the others.
   * @param others what else is written, given the lines with their places
   * @throws ConcurrencyConflict when other transactions kept changing the same stock;
   *   Error when there is less reserved than is to be given back
   */
  async reserve(
    orderId: OrderId,
    exchange: Exchange,
    others: (held: readonly HeldLine[]) => readonly TransactItem[],
  ): Promise<Reserved> {
    const { lines, sources, back = [], stay = [] } = exchange;
    const shards = new Map(stay.map(({ sku, shard = 0 }) => [sku, shard]));
    const shardFor = (sku: Sku, attempt: number): number =>
      shards.get(sku) ?? this.#stock.shardFor(orderId, sku, attempt);
    const [first] = sources.locations;
    let placed = lines.map((line): Placed => {
      const parts = [{ sku: line.sku, quantity: line.quantity, location: first! }];
      return { line, shard: shardFor(line.sku, 0), parts, brought: [] };
    });
    const returned = byArticle(back).map((some) => stockMove(this.#table, some, 'reserved', 'available'));
    for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
      const rest = others(placed.flatMap(({ parts, shard }) => parts.map((part) => heldLine(part, shard))));
      const givers = placed.map((line) => this.#givers(line));
      const items = [...placed.map((line) => this.#receiver(line)), ...returned, ...rest, ...givers.flat()];
      if (items.length > MOST_ITEMS) {
        placed = await this.#broughtBefore(placed);
        continue;
      }
      const reasons = await tryTransaction(this.#db, items);
      if (!reasons) return { kind: 'written' };
      const ofReceivers = reasons.splice(0, placed.length);
      const ofReturned = reasons.splice(0, returned.length);
      const ofRest = reasons.splice(0, rest.length);
      if (ofRest.some(failed)) return { kind: 'stopped', reasons: ofRest };
      if (ofReturned.some(failed)) throw shelfHoldsLess(orderId);

      const ofLines = ofReceivers.map((own, index) => [own, ...reasons.splice(0, givers[index]!.length)]);
      for (const [index, { line }] of placed.entries()) {
        if (ofLines[index]!.some(isBusy)) await this.#stock.meet(orderId, line.sku, attempt);
      }
      const again = await this.#placeAgain(placed, ofLines, sources, (sku) => shardFor(sku, attempt));
      if ('short' in again) return { kind: 'short', short: again.short };
      placed = again.placed;
      if ([...ofLines.flat(), ...ofReturned].some(isBusy)) await this.#pause(Math.min(attempt, LONGEST_PAUSE));
    }
    throw keptMeeting();
  }

  /**
   * Where the lines go after their transaction was stopped; or what there is too little of anywhere.
   * @param reasons for each line: of the item that receives the units, then of those that give
   */
  async #placeAgain(
    placed: readonly Placed[],
    reasons: readonly (readonly CancellationReason[])[],
    sources: Sources,
    shardFor: (sku: Sku) => number,
  ): Promise<{ readonly placed: Placed[] } | { readonly short: readonly Shortage[] }> {
    const short = reasons.map((some) => some.some(failed));
    // Which few locations have everything is a question of all lines.
    const asksForAll = sources.fewest && sources.locations.length > 1 && short.some(Boolean);
    const looked = new Map<Sku, Shelves>();
    await Promise.all(
      placed.map(async ({ line, shard, brought }, index) => {
        if (!short[index] && brought.length === 0 && !asksForAll) return;
        const isEnough = (shelves: Shelves): boolean =>
          allocate([line], sources, (_, location) => sumOf(shelves(location))).kind === 'allocated';
        const shelves = onlyShelf(shard, reasons[index]![0]) ?? (await this.#stock.look(line.sku, isEnough));
        looked.set(line.sku, shelves);
      }),
    );
    const asking = placed.flatMap(({ line }) => (looked.has(line.sku) ? [line] : []));
    const allocation = allocate(asking, sources, (sku, location) => sumOf(looked.get(sku)!(location)));
    if (allocation.kind === 'short') return allocation;
    return {
      placed: placed.map((before, index) => {
        const { sku } = before.line;
        const shard = reasons[index]!.some(isBusy) ? shardFor(sku) : before.shard;
        const shelves = looked.get(sku);
        if (!shelves) return { ...before, shard };
        const parts = allocation.lines.filter((part) => part.sku === sku);
        return { line: before.line, shard, parts, brought: parts.flatMap((part) => broughtTo(shard, part, shelves)) };
      }),
    };
  }

  #receiver({ line: { sku }, shard, parts, brought }: Placed): TransactItem {
    const changes = together([
      ...parts.map(({ location, quantity }) => at(location, { available: -quantity, reserved: quantity })),
      ...brought.map(({ location, units }) => at(location, { available: units })),
    ]);
    return stockUpdate(this.#table, { sku, shard }, { changes });
  }

  #givers({ line: { sku }, brought }: Placed): TransactItem[] {
    const given = new Map<number, Units[]>();
    for (const { from, location, units } of brought) {
      given.set(from, [...(given.get(from) ?? []), at(location, { available: -units })]);
    }
    return [...given].map(([shard, units]) => stockUpdate(this.#table, { sku, shard }, { changes: together(units) }));
  }

  /** Brings the units before the order takes them: with so many articles both do not fit into one transaction. */
  async #broughtBefore(placed: readonly Placed[]): Promise<Placed[]> {
    for (const line of placed.filter(({ brought }) => brought.length > 0)) {
      const changes = together(line.brought.map(({ location, units }) => at(location, { available: units })));
      const receiver = stockUpdate(this.#table, { sku: line.line.sku, shard: line.shard }, { changes });
      await tryTransaction(this.#db, [receiver, ...this.#givers(line)]);
    }
    return placed.map((line) => ({ ...line, brought: [] }));
  }
}

const sumOf = (units: readonly number[]): number => units.reduce((sum, each) => sum + each, 0);

const broughtTo = (shard: number, { location, quantity }: UnitsAt, shelves: Shelves): Brought[] =>
  (transfersFor(shelves(location), shard, quantity) ?? []).map((transfer) => ({ ...transfer, location }));

/** What an article has that is not split, as its item said itself when its condition failed; undefined when it has to be read. */
function onlyShelf(shard: number, reason: CancellationReason | undefined): Shelves | undefined {
  if (!failed(reason) || shard !== 0) return undefined;
  const item = reason?.Item ? unmarshall(reason.Item) : {};
  return item['shards'] === undefined ? shelvesOf([item]) : undefined;
}

export const shelfHoldsLess = (orderId: OrderId) =>
  new Error(`The shelf holds less for order ${orderId} than its reservation says.`);
