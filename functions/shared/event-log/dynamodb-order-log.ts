import {
  type CancellationReason,
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { NewOrderEvent, RecordedOrderEvent } from '../../published/order-events.ts';
import { ORDER } from '../../published/order-log.ts';
import type { OrderId } from '../kernel/ids.ts';
import { accept, type Result, refuse } from '../kernel/result.ts';
import type { AppendOptions, CommandKnown, OrderLog, VersionConflict } from './port.ts';
import { EVENT_LOG_TABLES } from './tables.ts';
import { schemaVersionOf, upcast } from './upcast.ts';

const { partitionKey, sortKey } = EVENT_LOG_TABLES.orderLog;
const COMMAND_KEY = EVENT_LOG_TABLES.commands.partitionKey;

/** The put of one event into its place in the stream; it fails when the place is taken. For transactions, too. */
export const orderLogPut = (tableName: string, event: RecordedOrderEvent) => ({
  TableName: tableName,
  Item: { ...event, schemaVersion: schemaVersionOf(ORDER.upcasters, event.type) },
  ConditionExpression: 'attribute_not_exists(#id)',
  ExpressionAttributeNames: { '#id': partitionKey },
});

/** The put that a command can make once; a repeat fails and is told what the first one wrote. */
const commandPut = (tableName: string, commandId: string, known: Omit<CommandKnown, 'kind'>) => ({
  TableName: tableName,
  Item: { [COMMAND_KEY]: commandId, ...known },
  ConditionExpression: 'attribute_not_exists(#id)',
  ExpressionAttributeNames: { '#id': COMMAND_KEY },
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
});

/** The log on DynamoDB: an item per event; the table's stream is the outbox. */
export class DynamoDbOrderLog implements OrderLog {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #commandsTable: string | undefined;

  /** @param commandsTableName where the ids of commands are kept. @default none: for those who append without a command */
  constructor(db: DynamoDBDocumentClient, tableName: string, commandsTableName?: string) {
    this.#db = db;
    this.#table = tableName;
    this.#commandsTable = commandsTableName;
  }

  async read(orderId: OrderId, fromVersion = 1, limit?: number): Promise<RecordedOrderEvent[]> {
    return this.#query(
      {
        KeyConditionExpression: '#id = :id AND #version >= :from',
        ExpressionAttributeNames: { '#id': partitionKey, '#version': sortKey },
        ExpressionAttributeValues: { ':id': orderId, ':from': fromVersion },
      },
      limit,
    );
  }

  async readLast(orderId: OrderId, limit: number): Promise<RecordedOrderEvent[]> {
    const newestFirst = await this.#query(
      {
        KeyConditionExpression: '#id = :id',
        ExpressionAttributeNames: { '#id': partitionKey },
        ExpressionAttributeValues: { ':id': orderId },
        ScanIndexForward: false,
      },
      limit,
    );
    return newestFirst.reverse();
  }

  async append(
    orderId: OrderId,
    expectedVersion: number,
    events: readonly NewOrderEvent[],
    { commandId, ...request }: AppendOptions = {},
  ): Promise<Result<number, VersionConflict | CommandKnown>> {
    const version = expectedVersion + events.length;
    const puts = [
      ...events.map((event, index) =>
        orderLogPut(this.#table, { ...event, orderId, version: expectedVersion + index + 1 }),
      ),
      ...(commandId === undefined ? [] : [commandPut(this.#commands(), commandId, { orderId, version, ...request })]),
    ];
    const [only] = puts;
    if (!only) return accept(version);
    try {
      if (puts.length === 1) await this.#db.send(new PutCommand(only));
      else await this.#db.send(new TransactWriteCommand({ TransactItems: puts.map((Put) => ({ Put })) }));
    } catch (error) {
      const known = knownCommand(error);
      if (known) return refuse(known);
      if (lostTheRace(error)) return refuse({ kind: 'version-conflict' });
      throw error;
    }
    return accept(version);
  }

  async findCommand(commandId: string): Promise<CommandKnown | undefined> {
    const { Item } = await this.#db.send(
      new GetCommand({ TableName: this.#commands(), Key: { [COMMAND_KEY]: commandId }, ConsistentRead: true }),
    );
    return Item && commandOf(Item);
  }

  /** Goes on over pages, for DynamoDB answers at most 1 MB at once, until there are `limit` events or no more. */
  async #query(
    query: Omit<QueryCommandInput, 'TableName'>,
    limit = Number.POSITIVE_INFINITY,
  ): Promise<RecordedOrderEvent[]> {
    const events: RecordedOrderEvent[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const page = await this.#db.send(
        new QueryCommand({
          ...query,
          TableName: this.#table,
          ConsistentRead: true,
          ...(Number.isFinite(limit) ? { Limit: limit - events.length } : {}),
          ...(from ? { ExclusiveStartKey: from } : {}),
        }),
      );
      events.push(...(page.Items ?? []).map(eventOf));
      from = page.LastEvaluatedKey;
    } while (from && events.length < limit);
    return events;
  }

  #commands(): string {
    if (this.#commandsTable === undefined) throw new Error('This log was made without a table of commands.');
    return this.#commandsTable;
  }
}

const CONDITION = 'ConditionalCheckFailed';

/** What the first run of the command left, if that is what stopped this one. */
function knownCommand(error: unknown): CommandKnown | undefined {
  const items =
    error instanceof TransactionCanceledException
      ? (error.CancellationReasons ?? []).filter(({ Code }) => Code === CONDITION).map(({ Item }) => Item)
      : error instanceof ConditionalCheckFailedException
        ? [error.Item]
        : [];
  const record = items.find((item) => item?.[COMMAND_KEY] !== undefined);
  return record && commandOf(unmarshall(record));
}

function commandOf({ [COMMAND_KEY]: _, ...known }: Record<string, unknown>): CommandKnown {
  return { kind: 'command-known', ...(known as Omit<CommandKnown, 'kind'>) };
}

/** Others have taken the place, or are about to: in both cases there is something new to decide on. */
function lostTheRace(error: unknown): boolean {
  if (error instanceof ConditionalCheckFailedException || error instanceof TransactionConflictException) return true;
  const lost = ({ Code }: CancellationReason) => Code === CONDITION || Code === 'TransactionConflict';
  return error instanceof TransactionCanceledException && (error.CancellationReasons ?? []).some(lost);
}

/**
 * The event that an item of the log's table, or an image of it in the table's stream, holds.
 * @throws UnknownEventVersion when only newer code can read it
 */
export const eventOf = (item: Record<string, unknown>): RecordedOrderEvent => upcast(ORDER, item);
