import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { INVENTORY_TABLES, reservationKey } from '../../published/inventory-tables.ts';
import type {
  InventoryReleased,
  InventoryReserved,
  NewOrderEvent,
  RecordedOrderEvent,
  ReservationConfirmed,
} from '../../published/order-events.ts';
import { ORDER } from '../../published/order-log.ts';
import { eventPut } from '../../shared/event-log/dynamodb-event-log.ts';
import { ConcurrencyConflict } from '../../shared/kernel/errors.ts';
import type { OrderId, Sku } from '../../shared/kernel/ids.ts';
import {
  type AdjustOutcome,
  type BackorderPlace,
  type ConfirmOutcome,
  type Inventory,
  MAX_CHANGED_ARTICLES,
  type ReleaseOutcome,
  type Reservation,
  type ReservationChange,
  type ReserveOutcome,
} from '../application/ports.ts';
import { stockChanges } from '../domain/stock-changes.ts';
import { type HeldLine, inShards, type StockLine } from '../domain/stock-line.ts';
import { Reserving, shelfHoldsLess } from './reserving.ts';
import { ShardedStock } from './sharded-stock.ts';
import { KEY, stockMove } from './stock-moves.ts';
import { failed, jitter, transact } from './transaction.ts';

/**
 * Stock and reservations on DynamoDB. A stock item has `available` (can still be sold), `reserved` (kept for orders) and `sold` (has
 * left; absent before the first sale); their sum changes only when goods arrive.
 */
export class DynamoDbInventory implements Inventory {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #logTable: string;
  readonly #pause: (attempt: number) => Promise<void>;
  readonly #reserving: Reserving;

  /**
   * @param pause what to wait for before a transaction that met another is tried again. @default full jitter
   * @param mostShards of an article. @default as the rule says
   */
  constructor(
    db: DynamoDBDocumentClient,
    tableName: string,
    orderLogTableName: string,
    pause = jitter,
    mostShards?: number,
  ) {
    this.#db = db;
    this.#table = tableName;
    this.#logTable = orderLogTableName;
    this.#pause = pause;
    this.#reserving = new Reserving(db, tableName, new ShardedStock(db, tableName, mostShards), pause);
  }

  async find(orderId: OrderId): Promise<Reservation> {
    const { Item } = await this.#db.send(
      new GetCommand({ TableName: this.#table, Key: reservationKey(orderId), ConsistentRead: true }),
    );
    return (Item as Reservation | undefined) ?? { status: 'none' };
  }

  async reserve(
    orderId: OrderId,
    lines: readonly StockLine[],
    event: NewOrderEvent<InventoryReserved>,
    version: number,
  ): Promise<ReserveOutcome> {
    const reserved = await this.#reserving.reserve(orderId, lines, (held) => [
      {
        Put: {
          TableName: this.#table,
          Item: { ...reservationKey(orderId), status: 'held', lines: held, expiresAt: event.data.expiresAt },
          ConditionExpression: 'attribute_not_exists(#key) OR #status = :backordered',
          ExpressionAttributeNames: { '#key': KEY, '#status': 'status' },
          ExpressionAttributeValues: { ':backordered': 'backordered' },
        },
      },
      { Put: eventPut(ORDER, this.#logTable, { ...event, orderId, version }) },
    ]);
    if (reserved.kind === 'written') return { kind: 'reserved' };
    if (reserved.kind === 'short') return { kind: 'out-of-stock', short: reserved.short };
    // By place: the reservation, then the event. Whatever changed the order may have changed what it wants.
    if (!failed(reserved.reasons[0])) return { kind: 'version-taken' };
    const found = await this.find(orderId);
    if (found.status !== 'released') return { kind: 'already-reserved' };
    return { kind: 'released', ...(found.short && { short: found.short }) };
  }

  async adjust(
    orderId: OrderId,
    { from, to }: ReservationChange,
    event: NewOrderEvent,
    version: number,
  ): Promise<AdjustOutcome> {
    const changes = stockChanges(from, to);
    if (changes.length > MAX_CHANGED_ARTICLES) return { kind: 'too-many-articles' };
    // What the order has of an article is in one shard.
    const stay = from.map(({ shard = 0, ...line }) => ({ ...line, shard }));
    const reserved = await this.#reserving.reserve(orderId, inShards(changes, stay), (held) => [
      {
        Update: this.#reservationUpdate(orderId, from, {
          expression: 'SET #lines = :to',
          values: { ':to': inShards(to, [...from, ...held]) },
        }),
      },
      { Put: eventPut(ORDER, this.#logTable, { ...event, orderId, version }) },
    ]);
    if (reserved.kind === 'written') return { kind: 'adjusted' };
    if (reserved.kind === 'short') return { kind: 'out-of-stock', skus: reserved.short.map(({ sku }) => sku) };
    // By place again. A taken version comes first: the writer that took it may have changed all the rest.
    return { kind: failed(reserved.reasons[1]) ? 'version-taken' : 'other-reservation' };
  }

  async release(
    orderId: OrderId,
    lines: readonly HeldLine[],
    event: NewOrderEvent<InventoryReleased>,
    version: number,
  ): Promise<ReleaseOutcome> {
    const reasons = await this.#end('released', 'available', lines, { ...event, orderId, version });
    if (!reasons) return { kind: 'released' };
    if (failed(reasons[lines.length + 1])) return { kind: 'version-taken' };
    throw new ConcurrencyConflict(`The reservation of order ${orderId} changed while it was to be released.`);
  }

  async confirm(
    orderId: OrderId,
    lines: readonly HeldLine[],
    event: NewOrderEvent<ReservationConfirmed>,
    version: number,
  ): Promise<ConfirmOutcome> {
    const reasons = await this.#end('confirmed', 'sold', lines, { ...event, orderId, version });
    if (!reasons) return { kind: 'confirmed' };
    if (failed(reasons[lines.length + 1])) return { kind: 'version-taken' };
    if (failed(reasons[lines.length])) return { kind: 'other-reservation' };
    throw shelfHoldsLess(orderId);
  }

  backorder(orderId: OrderId, { awaits, orderedAt }: BackorderPlace): Promise<boolean> {
    const { partitionKey, sortKey } = INVENTORY_TABLES.inventory.indexes.byBackorder;
    return this.#putUnlessHeld(orderId, { status: 'backordered', [partitionKey]: awaits, [sortKey]: orderedAt });
  }

  forbid(orderId: OrderId, short?: readonly Sku[]): Promise<boolean> {
    return this.#putUnlessHeld(orderId, { status: 'released', ...(short && { short }) }, 'released');
  }

  /** Puts what is known of an order that has no reservation; `or` is a status that it may have, beside `backordered`. */
  async #putUnlessHeld(
    orderId: OrderId,
    item: Readonly<Record<string, unknown>>,
    or = 'backordered',
  ): Promise<boolean> {
    try {
      await this.#db.send(
        new PutCommand({
          TableName: this.#table,
          Item: { ...reservationKey(orderId), ...item },
          ConditionExpression: 'attribute_not_exists(#key) OR #status IN (:backordered, :or)',
          ExpressionAttributeNames: { '#key': KEY, '#status': 'status' },
          ExpressionAttributeValues: { ':backordered': 'backordered', ':or': or },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  /** Ends a reservation of exactly `lines`, whose units go to another shelf. By place: stock lines, then the reservation, then the event. */
  #end(
    status: 'released' | 'confirmed',
    to: 'available' | 'sold',
    lines: readonly HeldLine[],
    event: RecordedOrderEvent<InventoryReleased | ReservationConfirmed>,
  ) {
    const change = { expression: 'SET #status = :status', values: { ':status': status } };
    const items = [
      ...lines.map((line) => stockMove(this.#table, line, 'reserved', to)),
      { Update: this.#reservationUpdate(event.orderId, lines, change) },
      { Put: eventPut(ORDER, this.#logTable, event) },
    ];
    return transact(this.#db, items, this.#pause);
  }

  /** Changes a reservation that holds exactly `lines`. */
  #reservationUpdate(
    orderId: OrderId,
    lines: readonly HeldLine[],
    change: { readonly expression: string; readonly values: Record<string, unknown> },
  ) {
    return {
      TableName: this.#table,
      Key: reservationKey(orderId),
      UpdateExpression: change.expression,
      ConditionExpression: '#status = :held AND #lines = :lines',
      ExpressionAttributeNames: { '#status': 'status', '#lines': 'lines' },
      ExpressionAttributeValues: { ':held': 'held', ':lines': lines, ...change.values },
    };
  }
}
