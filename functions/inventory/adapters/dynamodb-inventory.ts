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
  type EventOf,
  type Inventory,
  type LeavingParcel,
  MAX_CHANGED_ARTICLES,
  type ReleaseOutcome,
  type Reservation,
  type ReservationChange,
  type ReserveOutcome,
  type Wanted,
} from '../application/ports.ts';
import { merged } from '../domain/leaving.ts';
import { adjustedLines, stockChanges } from '../domain/stock-changes.ts';
import { type HeldLine, unitsAt } from '../domain/stock-line.ts';
import { Reserving, shelfHoldsLess } from './reserving.ts';
import { ShardedStock } from './sharded-stock.ts';
import { byArticle, KEY, stockMove } from './stock-moves.ts';
import { failed, jitter, transact } from './transaction.ts';

interface ReservationUpdate {
  readonly expression: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Beside those of status and lines. */
  readonly names?: Readonly<Record<string, string>>;
}

/**
 * Stock and reservations on DynamoDB. A stock item has `available` (can still be sold), `reserved` (kept for orders) and `sold` (has
 * left; absent before the first sale), and the same for each further location (`available@<location>`); their sum changes only when goods arrive.
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
    wanted: Wanted,
    eventOf: EventOf<NewOrderEvent<InventoryReserved>>,
    version: number,
  ): Promise<ReserveOutcome> {
    const reserved = await this.#reserving.reserve(orderId, wanted, (held) => {
      const event = eventOf(unitsAt(held));
      return [
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
      ];
    });
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
    { from, to, sources }: ReservationChange,
    eventOf: EventOf<NewOrderEvent>,
    version: number,
  ): Promise<AdjustOutcome> {
    const { back, more } = stockChanges(from, to);
    if (byArticle([...back, ...more]).length > MAX_CHANGED_ARTICLES) return { kind: 'too-many-articles' };
    const reserved = await this.#reserving.reserve(orderId, { lines: more, sources, back, stay: from }, (held) => {
      const lines = adjustedLines(from, { back, more: held }, to);
      return [
        {
          Update: this.#reservationUpdate(orderId, from, {
            expression: 'SET #lines = :to',
            values: { ':to': lines },
          }),
        },
        { Put: eventPut(ORDER, this.#logTable, { ...eventOf(unitsAt(lines)), orderId, version }) },
      ];
    });
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
    const { stopped, ofEvent } = await this.#moved(
      { from: lines, moving: lines, to: 'available' },
      { expression: 'SET #status = :status', values: { ':status': 'released' } },
      { ...event, orderId, version },
    );
    if (!stopped) return { kind: 'released' };
    if (failed(ofEvent)) return { kind: 'version-taken' };
    throw new ConcurrencyConflict(`The reservation of order ${orderId} changed while it was to be released.`);
  }

  async confirm(
    orderId: OrderId,
    { of: { lines, left = [] }, leaving, rest }: LeavingParcel,
    event: NewOrderEvent<ReservationConfirmed>,
    version: number,
  ): Promise<ConfirmOutcome> {
    const gone = merged([...left, ...leaving]);
    const change =
      rest.length > 0
        ? { expression: 'SET #lines = :rest, #left = :left', values: { ':rest': rest, ':left': gone } }
        : {
            expression: 'SET #status = :status, #lines = :all REMOVE #left',
            values: { ':status': 'confirmed', ':all': gone },
          };
    const { stopped, ofReservation, ofEvent } = await this.#moved(
      { from: lines, moving: leaving, to: 'sold' },
      { ...change, names: { '#left': 'left' } },
      { ...event, orderId, version },
    );
    if (!stopped) return { kind: 'confirmed' };
    if (failed(ofEvent)) return { kind: 'version-taken' };
    if (failed(ofReservation)) return { kind: 'other-reservation' };
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

  /** Changes a reservation of exactly `from`, of which units go to another shelf where they are. */
  async #moved(
    {
      from,
      moving,
      to,
    }: { readonly from: readonly HeldLine[]; readonly moving: readonly HeldLine[]; readonly to: 'available' | 'sold' },
    change: ReservationUpdate,
    event: RecordedOrderEvent<InventoryReleased | ReservationConfirmed>,
  ) {
    const items = [
      ...byArticle(moving).map((some) => stockMove(this.#table, some, 'reserved', to)),
      { Update: this.#reservationUpdate(event.orderId, from, change) },
      { Put: eventPut(ORDER, this.#logTable, event) },
    ];
    const reasons = await transact(this.#db, items, this.#pause);
    const [ofReservation, ofEvent] = reasons?.slice(-2) ?? [];
    return { stopped: reasons !== undefined, ofReservation, ofEvent };
  }

  /** Changes a reservation that holds exactly `lines`. */
  #reservationUpdate(orderId: OrderId, lines: readonly HeldLine[], change: ReservationUpdate) {
    return {
      TableName: this.#table,
      Key: reservationKey(orderId),
      UpdateExpression: change.expression,
      ConditionExpression: '#status = :held AND #lines = :lines',
      ExpressionAttributeNames: { '#status': 'status', '#lines': 'lines', ...change.names },
      ExpressionAttributeValues: { ':held': 'held', ':lines': lines, ...change.values },
    };
  }
}
