import type { CancellationReason } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { type Transfer, unitsIn } from '../domain/shards.ts';
import type { HeldLine, Shortage } from '../domain/stock-line.ts';
import type { ShardedStock } from './sharded-stock.ts';
import { stockUpdate } from './stock-moves.ts';
import { failed, isBusy, keptMeeting, type TransactItem, tryTransaction } from './transaction.ts';

/** DynamoDB takes no more in one transaction. */
const MOST_ITEMS = 100;
/** Units may have gone elsewhere between a look and the transaction that wants them. */
const MOST_TRIES = 8;
/** From this try on the waits become no longer. */
const LONGEST_PAUSE = 4;

/** Units that an order gets of an article, or gives back: then `quantity` is negative. */
interface Placed extends HeldLine {
  readonly shard: number;
  /** Comes into the shard in the same transaction. */
  readonly brought: readonly Transfer[];
}

/**
 * The result of reserving; nothing happened unless it is `written`.
 * - `stopped`: a condition of the other items has failed; `reasons` are theirs, by place
 * - `short`: of these articles there is too little in all shards together, as they were in one moment
 */
export type Reserved =
  | { readonly kind: 'written' }
  | { readonly kind: 'stopped'; readonly reasons: readonly CancellationReason[] }
  | { readonly kind: 'short'; readonly short: readonly Shortage[] };

/** Reserves units of articles in whichever shard they lie, together with other items, in one transaction. */
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
   * @param lines each of another article; one that has a shard stays in it
   * @param others what else is written, given the lines with their shards
   * @throws ConcurrencyConflict when other transactions kept changing the same stock;
   *   Error when there is less reserved than is to be given back
   */
  async reserve(
    orderId: OrderId,
    lines: readonly HeldLine[],
    others: (held: readonly HeldLine[]) => readonly TransactItem[],
  ): Promise<Reserved> {
    let placed = lines.map((line): Placed => ({ ...line, shard: this.#shardFor(orderId, line, 0), brought: [] }));
    for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
      const rest = others(placed.map(heldLine));
      const givers = placed.map((line) => this.#givers(line));
      const items = [...placed.map((line) => this.#receiver(line)), ...rest, ...givers.flat()];
      if (items.length > MOST_ITEMS) {
        placed = await this.#broughtBefore(placed);
        continue;
      }
      const reasons = await tryTransaction(this.#db, items);
      if (!reasons) return { kind: 'written' };
      const ofRest = reasons.splice(lines.length, rest.length);
      if (ofRest.some(failed)) return { kind: 'stopped', reasons: ofRest };

      const ofLines = reasons
        .splice(0, lines.length)
        .map((own, index) => [own, ...reasons.splice(0, givers[index]!.length)]);
      const again = await Promise.all(
        placed.map((line, index) => this.#placeAgain(orderId, lines[index]!, line, ofLines[index]!, attempt)),
      );
      const short = again.filter((each) => 'available' in each);
      if (short.length > 0) return { kind: 'short', short };
      placed = again as Placed[];
      if (ofLines.flat().some(isBusy)) await this.#pause(Math.min(attempt, LONGEST_PAUSE));
    }
    throw keptMeeting();
  }

  /**
   * Where a line goes after its transaction was stopped; or how little there is anywhere.
   * @param reasons of the item that receives the units, then of those that give
   */
  async #placeAgain(
    orderId: OrderId,
    line: HeldLine,
    placed: Placed,
    reasons: readonly CancellationReason[],
    attempt: number,
  ): Promise<Placed | Shortage> {
    const { sku, quantity } = line;
    const short = reasons.some(failed);
    if (short && quantity < 0) throw shelfHoldsLess(orderId);
    if (!short && !reasons.some(isBusy)) return placed;
    if (reasons.some(isBusy)) await this.#stock.meet(orderId, sku, attempt);
    // The item itself says that there are no others.
    if (failed(reasons[0]) && placed.shard === 0 && !reasons[0]!.Item?.['shards']) {
      return { sku, available: Number(reasons[0]!.Item?.['available']?.N ?? 0) };
    }
    const shard = reasons.some(isBusy) ? this.#shardFor(orderId, line, attempt) : placed.shard;
    const asks = short || placed.brought.length > 0;
    const brought = asks ? await this.#stock.transfersTo(sku, shard, quantity) : [];
    return typeof brought === 'number' ? { sku, available: brought } : { ...placed, shard, brought };
  }

  #shardFor(orderId: OrderId, { sku, shard }: HeldLine, attempt: number): number {
    return shard ?? this.#stock.shardFor(orderId, sku, attempt);
  }

  #receiver({ sku, shard, quantity, brought }: Placed): TransactItem {
    return stockUpdate(
      this.#table,
      { sku, shard },
      { changes: { available: unitsIn(brought) - quantity, reserved: quantity } },
    );
  }

  #givers({ sku, brought }: Placed): TransactItem[] {
    return brought.map(({ from, units }) =>
      stockUpdate(this.#table, { sku, shard: from }, { changes: { available: -units } }),
    );
  }

  /** Brings the units before the order takes them: with so many articles both do not fit into one transaction. */
  async #broughtBefore(placed: readonly Placed[]): Promise<Placed[]> {
    for (const line of placed.filter(({ brought }) => brought.length > 0)) {
      const { sku, shard, brought } = line;
      const receiver = stockUpdate(this.#table, { sku, shard }, { changes: { available: unitsIn(brought) } });
      await tryTransaction(this.#db, [receiver, ...this.#givers(line)]);
    }
    return placed.map((line) => ({ ...line, brought: [] }));
  }
}

/** An article that is reserved in its first shard, or was before there were others, has no number of it in its line. */
const heldLine = ({ sku, quantity, shard }: Placed): HeldLine => ({ sku, quantity, ...(shard === 0 ? {} : { shard }) });

export const shelfHoldsLess = (orderId: OrderId) =>
  new Error(`The shelf holds less for order ${orderId} than its reservation says.`);
