import { isDeepStrictEqual } from 'node:util';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, paginateQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ORDER } from '../../published/order-log.ts';
import { ORDER_LOG_TABLES } from '../../published/order-log-tables.ts';
import { COMMAND_KEY, VERSION_KEY } from '../../shared/event-log/tables.ts';
import { upcast } from '../../shared/event-log/upcast.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { ErasableOrders, StoredOrder } from '../application/erasure-ports.ts';
import { withoutPerson } from '../domain/personal-data.ts';

type Item = Readonly<Record<string, unknown>>;

/** The names of the tables of the log. */
export interface LogTables {
  readonly log: string;
  readonly commands: string;
  readonly snapshots: string;
}

/**
 * The one writer that changes what is in the log: the values of personal fields, in the shape and the version in which they are stored.
 * See docs/decisions/0140-a-person-is-taken-out-of-the-events.md.
 */
export class DynamoDbErasableOrders implements ErasableOrders {
  readonly #db: DynamoDBDocumentClient;
  readonly #tables: LogTables;

  constructor(db: DynamoDBDocumentClient, tables: LogTables) {
    this.#db = db;
    this.#tables = tables;
  }

  async read(orderId: OrderId): Promise<StoredOrder> {
    const items = await this.#stream(orderId);
    const erased = items.map((item) => ({ ...item, data: withoutPerson(item.data) }));
    const changed = erased.filter(({ data }, index) => !isDeepStrictEqual(data, items[index]!.data));
    return {
      events: items.map((item) => upcast(ORDER, item)),
      erased: erased.map((item) => upcast(ORDER, item)),
      isErased: changed.length === 0,
      erase: async () => {
        if (changed.length === 0) return this.#forgetSnapshot(orderId);
        // The events come last: what is interrupted before is found again.
        const commands = [...commandsOf(items)].map((commandId) => this.#forgetRequest(orderId, commandId));
        await Promise.all([this.#forgetSnapshot(orderId), ...commands]);
        await Promise.all(changed.map((item) => this.#replaceData(item)));
      },
    };
  }

  async #stream(orderId: OrderId): Promise<readonly Item[]> {
    const items: Item[] = [];
    const query = {
      TableName: this.#tables.log,
      ConsistentRead: true,
      KeyConditionExpression: '#id = :id',
      ExpressionAttributeNames: { '#id': ORDER.idField },
      ExpressionAttributeValues: { ':id': orderId },
    };
    for await (const { Items = [] } of paginateQuery({ client: this.#db }, query)) items.push(...Items);
    return items;
  }

  /** In the place of the same event alone. Consumers are told of what is appended, and not of this. */
  async #replaceData({
    [ORDER.idField]: id,
    [VERSION_KEY]: version,
    eventId,
    data,
  }: Item & { readonly data: unknown }) {
    await this.#db.send(
      new UpdateCommand({
        TableName: this.#tables.log,
        Key: { [ORDER.idField]: id, [VERSION_KEY]: version },
        UpdateExpression: 'SET #data = :data',
        ConditionExpression: '#eventId = :eventId',
        ExpressionAttributeNames: { '#data': 'data', '#eventId': 'eventId' },
        ExpressionAttributeValues: { ':data': data, ':eventId': eventId },
      }),
    );
  }

  async #forgetSnapshot(orderId: OrderId): Promise<void> {
    const Key = { [ORDER_LOG_TABLES.orderSnapshots.partitionKey]: orderId };
    await this.#db.send(new DeleteCommand({ TableName: this.#tables.snapshots, Key }));
  }

  /** The command stays known. Without the hash of its request, each request under its id counts as the same. */
  async #forgetRequest(orderId: OrderId, commandId: string): Promise<void> {
    try {
      await this.#db.send(
        new UpdateCommand({
          TableName: this.#tables.commands,
          Key: { [COMMAND_KEY]: commandId },
          UpdateExpression: 'REMOVE #hash',
          ConditionExpression: '#id = :id',
          ExpressionAttributeNames: { '#hash': 'requestHash', '#id': ORDER.idField },
          ExpressionAttributeValues: { ':id': orderId },
        }),
      );
    } catch (error) {
      // The request that placed the order is known by the order alone.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}

/** A command of a caller is the cause of its events. */
const commandsOf = (items: readonly Item[]): ReadonlySet<string> =>
  new Set(
    items
      .filter(({ actor }) => (actor as { readonly type?: unknown } | undefined)?.type !== 'system')
      .map(({ causationId }) => String(causationId)),
  );
