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
import type { Event, NewEvent, RecordedEvent } from '../kernel/events.ts';
import { accept, type Result, refuse } from '../kernel/result.ts';
import { currentSpan, isOfOrder } from '../trace/span.ts';
import type { Aggregate } from './aggregate.ts';
import type { AppendOptions, CommandKnown, Consistency, EventLog, VersionConflict } from './port.ts';
import { COMMAND_KEY, VERSION_KEY } from './tables.ts';
import { storedForm, upcast } from './upcast.ts';

/** The put of one event into its place in the stream; it fails when the place is taken. For transactions, too. */
export const eventPut = <E extends Event, IdField extends string, Id extends string>(
  aggregate: Aggregate<E, IdField, Id>,
  tableName: string,
  event: RecordedEvent<E, IdField, Id>,
) => {
  if (isOfOrder(event)) currentSpan()?.records(event);
  return {
    TableName: tableName,
    Item: { ...event, ...storedForm(aggregate, event) } as Record<string, unknown>,
    ConditionExpression: 'attribute_not_exists(#id)',
    ExpressionAttributeNames: { '#id': aggregate.idField },
  };
};

/** The put that a command can make once; a repetition fails and gets what the first one wrote. For transactions, too. */
export const commandPut = (tableName: string, commandId: string, known: Readonly<Record<string, unknown>>) => ({
  TableName: tableName,
  Item: { [COMMAND_KEY]: commandId, ...known },
  ConditionExpression: 'attribute_not_exists(#id)',
  ExpressionAttributeNames: { '#id': COMMAND_KEY },
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
});

/** The log on DynamoDB: an item per event; the table's stream is the outbox. */
export class DynamoDbEventLog<E extends Event, IdField extends string, Id extends string>
  implements EventLog<E, IdField, Id>
{
  readonly #aggregate: Aggregate<E, IdField, Id>;
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #commandsTable: string | undefined;

  /** @param commandsTableName where the ids of commands are kept. @default none: for callers that append without a command */
  constructor(
    aggregate: Aggregate<E, IdField, Id>,
    db: DynamoDBDocumentClient,
    tableName: string,
    commandsTableName?: string,
  ) {
    this.#aggregate = aggregate;
    this.#db = db;
    this.#table = tableName;
    this.#commandsTable = commandsTableName;
  }

  async read(
    id: Id,
    fromVersion = 1,
    limit?: number,
    consistency?: Consistency,
  ): Promise<RecordedEvent<E, IdField, Id>[]> {
    return this.#query(
      {
        ConsistentRead: consistency !== 'eventual',
        KeyConditionExpression: '#id = :id AND #version >= :from',
        ExpressionAttributeNames: { '#id': this.#aggregate.idField, '#version': VERSION_KEY },
        ExpressionAttributeValues: { ':id': id, ':from': fromVersion },
      },
      limit,
    );
  }

  /** A read that is a moment late and finds the event is right and costs half. Only one that finds none is made again. */
  async findEvent(id: Id, version: number): Promise<RecordedEvent<E, IdField, Id> | undefined> {
    const Key = { [this.#aggregate.idField]: id, [VERSION_KEY]: version };
    for (const ConsistentRead of [false, true]) {
      const { Item } = await this.#db.send(new GetCommand({ TableName: this.#table, Key, ConsistentRead }));
      if (Item) return upcast(this.#aggregate, Item);
    }
    return undefined;
  }

  async readLast(id: Id, limit: number, consistency?: Consistency): Promise<RecordedEvent<E, IdField, Id>[]> {
    const newestFirst = await this.#query(
      {
        ConsistentRead: consistency !== 'eventual',
        KeyConditionExpression: '#id = :id',
        ExpressionAttributeNames: { '#id': this.#aggregate.idField },
        ExpressionAttributeValues: { ':id': id },
        ScanIndexForward: false,
      },
      limit,
    );
    return newestFirst.reverse();
  }

  async append(
    id: Id,
    expectedVersion: number,
    events: readonly NewEvent<E>[],
    { commandId, ...request }: AppendOptions = {},
  ): Promise<Result<number, VersionConflict | CommandKnown<Id>>> {
    const version = expectedVersion + events.length;
    const identity = { [this.#aggregate.idField]: id };
    const puts = [
      ...events.map((event, index) =>
        eventPut(this.#aggregate, this.#table, recorded(event, identity, expectedVersion + index + 1)),
      ),
      ...(commandId === undefined
        ? []
        : [commandPut(this.#commands(), commandId, { ...identity, version, ...request })]),
    ];
    const [only] = puts;
    if (!only) return accept(version);
    try {
      if (puts.length === 1) await this.#db.send(new PutCommand(only));
      else await this.#db.send(new TransactWriteCommand({ TransactItems: puts.map((Put) => ({ Put })) }));
    } catch (error) {
      const known = knownCommand(error);
      if (known) return refuse(this.#commandOf(known));
      if (lostTheRace(error)) return refuse({ kind: 'version-conflict' });
      throw error;
    }
    return accept(version);
  }

  async findCommand(commandId: string): Promise<CommandKnown<Id> | undefined> {
    const { Item } = await this.#db.send(
      new GetCommand({ TableName: this.#commands(), Key: { [COMMAND_KEY]: commandId }, ConsistentRead: true }),
    );
    return Item && this.#commandOf(Item);
  }

  /** Goes on over pages, for DynamoDB answers at most 1 MB at once, until there are `limit` events or no more. */
  async #query(
    query: Omit<QueryCommandInput, 'TableName'>,
    limit = Number.POSITIVE_INFINITY,
  ): Promise<RecordedEvent<E, IdField, Id>[]> {
    const events: RecordedEvent<E, IdField, Id>[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const page = await this.#db.send(
        new QueryCommand({
          ...query,
          TableName: this.#table,
          ...(Number.isFinite(limit) ? { Limit: limit - events.length } : {}),
          ...(from ? { ExclusiveStartKey: from } : {}),
        }),
      );
      events.push(...(page.Items ?? []).map((item) => upcast(this.#aggregate, item)));
      from = page.LastEvaluatedKey;
    } while (from && events.length < limit);
    return events;
  }

  #commandOf({ version, requestHash, ...item }: Readonly<Record<string, unknown>>): CommandKnown<Id> {
    return {
      kind: 'command-known',
      id: this.#aggregate.parseId(String(item[this.#aggregate.idField])),
      version: Number(version),
      ...(requestHash === undefined ? {} : { requestHash: requestHash as string }),
    };
  }

  #commands(): string {
    if (this.#commandsTable === undefined) throw new Error('This log was made without a table of commands.');
    return this.#commandsTable;
  }
}

const recorded = <E extends Event, IdField extends string, Id extends string>(
  event: NewEvent<E>,
  identity: Readonly<Record<string, Id>>,
  version: number,
) => ({ ...event, ...identity, version }) as unknown as RecordedEvent<E, IdField, Id>;

const CONDITION = 'ConditionalCheckFailed';

/** The record that the first run of the command left, if that is what stopped this one. */
function knownCommand(error: unknown): Record<string, unknown> | undefined {
  const items =
    error instanceof TransactionCanceledException
      ? (error.CancellationReasons ?? []).filter(({ Code }) => Code === CONDITION).map(({ Item }) => Item)
      : error instanceof ConditionalCheckFailedException
        ? [error.Item]
        : [];
  const record = items.find((item) => item?.[COMMAND_KEY] !== undefined);
  return record && unmarshall(record);
}

/** Another writer has taken the place, or is about to: in both cases the caller decides again. */
function lostTheRace(error: unknown): boolean {
  if (error instanceof ConditionalCheckFailedException || error instanceof TransactionConflictException) return true;
  const lost = ({ Code }: CancellationReason) => Code === CONDITION || Code === 'TransactionConflict';
  return error instanceof TransactionCanceledException && (error.CancellationReasons ?? []).some(lost);
}
