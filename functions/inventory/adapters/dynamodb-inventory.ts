import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
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
import type { OrderId } from '../../shared/kernel/ids.ts';
import {
  type AdjustOutcome,
  type ConfirmOutcome,
  type Inventory,
  MAX_CHANGED_ARTICLES,
  type ReleaseOutcome,
  type Reservation,
  type ReservationChange,
  type ReserveOutcome,
} from '../application/ports.ts';
import { stockChanges } from '../domain/stock-changes.ts';
import type { StockLine } from '../domain/stock-line.ts';
import { KEY, stockMove } from './stock-moves.ts';
import { failed, jitter, type TransactItems, transact } from './transaction.ts';

const reservationKey = (orderId: OrderId) => ({ [KEY]: `ORDER#${orderId}` });

/**
 * Stock and reservations on DynamoDB. A stock item has `available` (can still be sold), `reserved` (kept for orders) and `sold` (has
 * left; absent before the first sale); their sum changes only when goods arrive.
 */
export class DynamoDbInventory implements Inventory {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #logTable: string;
  readonly #pause: (attempt: number) => Promise<void>;

  /** @param pause what to wait for before a transaction that met another is tried again. @default full jitter */
  constructor(db: DynamoDBDocumentClient, tableName: string, orderLogTableName: string, pause = jitter) {
    this.#db = db;
    this.#table = tableName;
    this.#logTable = orderLogTableName;
    this.#pause = pause;
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
    const reasons = await this.#transact([
      ...lines.map((line) => stockMove(this.#table, line, 'available', 'reserved')),
      {
        Put: {
          TableName: this.#table,
          Item: { ...reservationKey(orderId), status: 'held', lines, expiresAt: event.data.expiresAt },
          ConditionExpression: 'attribute_not_exists(#key)',
          ExpressionAttributeNames: { '#key': KEY },
        },
      },
      { Put: eventPut(ORDER, this.#logTable, { ...event, orderId, version }) },
    ]);
    if (!reasons) return { kind: 'reserved' };

    // The transaction's answer is read by place: stock lines, then the reservation, then the event.
    const reservation = reasons[lines.length];
    if (failed(reservation)) {
      const status = await this.find(orderId);
      return { kind: status.status === 'released' ? 'released' : 'already-reserved' };
    }
    // Whatever changed the order may have changed what it wants.
    if (failed(reasons[lines.length + 1])) return { kind: 'version-taken' };
    const short = lines.filter((_, index) => failed(reasons[index])).map(({ sku }) => sku);
    return { kind: 'out-of-stock', skus: short };
  }

  async adjust(
    orderId: OrderId,
    { from, to }: ReservationChange,
    event: NewOrderEvent,
    version: number,
  ): Promise<AdjustOutcome> {
    const changes = stockChanges(from, to);
    if (changes.length > MAX_CHANGED_ARTICLES) return { kind: 'too-many-articles' };
    const reasons = await this.#transact([
      ...changes.map((change) =>
        change.quantity > 0
          ? stockMove(this.#table, change, 'available', 'reserved')
          : stockMove(this.#table, { ...change, quantity: -change.quantity }, 'reserved', 'available'),
      ),
      { Update: this.#reservationUpdate(orderId, from, { expression: 'SET #lines = :to', values: { ':to': to } }) },
      { Put: eventPut(ORDER, this.#logTable, { ...event, orderId, version }) },
    ]);
    if (!reasons) return { kind: 'adjusted' };

    // By place again. A taken version comes first: the writer that took it may have changed all the rest.
    if (failed(reasons[changes.length + 1])) return { kind: 'version-taken' };
    if (failed(reasons[changes.length])) return { kind: 'other-reservation' };
    const short = changes.filter((_, index) => failed(reasons[index]));
    if (short.some(({ quantity }) => quantity < 0)) {
      throw new Error(`The shelf holds less for order ${orderId} than its reservation says.`);
    }
    return { kind: 'out-of-stock', skus: short.map(({ sku }) => sku) };
  }

  async release(
    orderId: OrderId,
    lines: readonly StockLine[],
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
    lines: readonly StockLine[],
    event: NewOrderEvent<ReservationConfirmed>,
    version: number,
  ): Promise<ConfirmOutcome> {
    const reasons = await this.#end('confirmed', 'sold', lines, { ...event, orderId, version });
    if (!reasons) return { kind: 'confirmed' };
    if (failed(reasons[lines.length + 1])) return { kind: 'version-taken' };
    if (failed(reasons[lines.length])) return { kind: 'other-reservation' };
    throw new Error(`The shelf holds less for order ${orderId} than its reservation says.`);
  }

  async forbid(orderId: OrderId): Promise<boolean> {
    try {
      await this.#db.send(
        new PutCommand({
          TableName: this.#table,
          Item: { ...reservationKey(orderId), status: 'released' },
          ConditionExpression: 'attribute_not_exists(#key) OR #status = :released',
          ExpressionAttributeNames: { '#key': KEY, '#status': 'status' },
          ExpressionAttributeValues: { ':released': 'released' },
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
    lines: readonly StockLine[],
    event: RecordedOrderEvent<InventoryReleased | ReservationConfirmed>,
  ) {
    const change = { expression: 'SET #status = :status', values: { ':status': status } };
    return this.#transact([
      ...lines.map((line) => stockMove(this.#table, line, 'reserved', to)),
      { Update: this.#reservationUpdate(event.orderId, lines, change) },
      { Put: eventPut(ORDER, this.#logTable, event) },
    ]);
  }

  /** Changes a reservation that holds exactly `lines`. */
  #reservationUpdate(
    orderId: OrderId,
    lines: readonly StockLine[],
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

  #transact(items: TransactItems) {
    return transact(this.#db, items, this.#pause);
  }
}
