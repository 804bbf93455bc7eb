import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { OrderNotFound } from '../kernel/errors.ts';
import type { OrderId } from '../kernel/ids.ts';
import type { NewOrderEvent, OrderCreated, RecordedOrderEvent } from '../kernel/order-events.ts';
import { accept, refuse, type Result } from '../kernel/result.ts';
import { TABLES } from '../tables.ts';
import type { OrderLog, VersionConflict } from './port.ts';
import { schemaVersionOf, upcast } from './upcasters.ts';

const { partitionKey, sortKey } = TABLES.orderLog;

/** The put of one event into its place in the stream; it fails when the place is taken. For transactions, too. */
export const orderLogPut = (tableName: string, event: RecordedOrderEvent) => ({
  TableName: tableName,
  Item: { ...event, schemaVersion: schemaVersionOf(event.type) },
  ConditionExpression: 'attribute_not_exists(#id)',
  ExpressionAttributeNames: { '#id': partitionKey },
});

/** The log on DynamoDB: an item per event; the table's stream is the outbox. */
export class DynamoDbOrderLog implements OrderLog {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async read(orderId: OrderId, fromVersion = 1): Promise<RecordedOrderEvent[]> {
    const events: RecordedOrderEvent[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const page = await this.#db.send(new QueryCommand({
        TableName: this.#table,
        KeyConditionExpression: '#id = :id AND #version >= :from',
        ExpressionAttributeNames: { '#id': partitionKey, '#version': sortKey },
        ExpressionAttributeValues: { ':id': orderId, ':from': fromVersion },
        ConsistentRead: true,
        ...(from ? { ExclusiveStartKey: from } : {}),
      }));
      events.push(...(page.Items ?? []).map(eventOf));
      from = page.LastEvaluatedKey;
    } while (from);
    return events;
  }

  async readCreated(orderId: OrderId): Promise<RecordedOrderEvent<OrderCreated>> {
    const { Item } = await this.#db.send(new GetCommand({
      TableName: this.#table,
      Key: { [partitionKey]: orderId, [sortKey]: 1 },
      ConsistentRead: true,
    }));
    const first = Item && eventOf(Item);
    if (first?.type !== 'OrderCreated') throw new OrderNotFound(`There is no order ${orderId}.`);
    return first;
  }

  async append(orderId: OrderId, expectedVersion: number, events: readonly NewOrderEvent[]): Promise<Result<number, VersionConflict>> {
    const puts = events.map((event, index) => orderLogPut(this.#table, { ...event, orderId, version: expectedVersion + index + 1 }));
    const [only] = puts;
    if (!only) return accept(expectedVersion);
    try {
      if (puts.length === 1) await this.#db.send(new PutCommand(only));
      else await this.#db.send(new TransactWriteCommand({ TransactItems: puts.map((Put) => ({ Put })) }));
    } catch (error) {
      if (lostTheRace(error)) return refuse({ kind: 'version-conflict' });
      throw error;
    }
    return accept(expectedVersion + events.length);
  }
}

function lostTheRace(error: unknown): boolean {
  if (error instanceof ConditionalCheckFailedException) return true;
  return error instanceof TransactionCanceledException
    && (error.CancellationReasons ?? []).some(({ Code }) => Code === 'ConditionalCheckFailed');
}

/**
 * The event that an item of the log's table, or an image of it in the table's stream, holds.
 * @throws UnknownEventVersion when only newer code can read it
 */
export const eventOf = (item: Record<string, unknown>): RecordedOrderEvent => upcast(item);
