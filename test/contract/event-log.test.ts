import { TransactionCanceledException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ORDER } from '../../functions/published/order-log.ts';
import { ORDER_LOG_TABLES } from '../../functions/published/order-log-tables.ts';
import { DynamoDbEventLog } from '../../functions/shared/event-log/dynamodb-event-log.ts';
import { DynamoDbEventStreams } from '../../functions/shared/event-log/dynamodb-event-streams.ts';
import { VERSION_KEY } from '../../functions/shared/event-log/tables.ts';
import type { Event } from '../../functions/shared/kernel/events.ts';
import { parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { ACCOUNTS, ORDERS, type Sample } from '../support/event-log/samples.ts';
import { InMemoryEventLog } from '../support/fakes/in-memory-event-log.ts';
import { created, EVENTS, newEvent } from '../support/orders/streams.ts';
import { eventLogContract } from './event-log.ts';
import { commandsContract } from './event-log-commands.ts';
import { eventStreamsContract } from './event-streams.ts';
import { recordingFactsContract } from './recording-facts.ts';

const ORDER_LOG = ownTable('order-log');
const ACCOUNT_LOG = ownTable('account-log');
const COMMANDS = ownTable('commands');
let dynamoDb: TestDynamoDb;

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  const { orderLog, commands } = ORDER_LOG_TABLES;
  await dynamoDb.createTable(ORDER_LOG, orderLog);
  await dynamoDb.createTable(ACCOUNT_LOG, { partitionKey: ACCOUNTS.aggregate.idField, sortKey: VERSION_KEY });
  await dynamoDb.createTable(COMMANDS, commands);
});

afterAll(() => dynamoDb?.close());

const contracts = <E extends Event, IdField extends string, Id extends string>(
  sample: Sample<E, IdField, Id>,
  tableName: string,
) => {
  const inMemory = () => new InMemoryEventLog(sample.aggregate);
  const db = () => DynamoDBDocumentClient.from(dynamoDb.client);
  const onDynamoDb = () => new DynamoDbEventLog(sample.aggregate, db(), tableName, COMMANDS);

  eventLogContract('in memory', sample, inMemory);
  eventLogContract('DynamoDB', sample, onDynamoDb);
  commandsContract('in memory', sample, inMemory);
  commandsContract('DynamoDB', sample, onDynamoDb);
  eventStreamsContract('in memory', sample, () => {
    const log = inMemory();
    return { log, streams: log };
  });
  eventStreamsContract('DynamoDB', sample, () => ({
    log: onDynamoDb(),
    streams: new DynamoDbEventStreams(sample.aggregate, db(), tableName),
  }));
};

contracts(ORDERS, ORDER_LOG);
contracts(ACCOUNTS, ACCOUNT_LOG);

const onDynamoDb = () => {
  const db = DynamoDBDocumentClient.from(dynamoDb.client);
  return {
    log: new DynamoDbEventLog(ORDER, db, ORDER_LOG, COMMANDS),
    streams: new DynamoDbEventStreams(ORDER, db, ORDER_LOG),
  };
};

recordingFactsContract('in memory', () => new InMemoryEventLog(ORDER));
recordingFactsContract('DynamoDB', () => onDynamoDb().log);

describe('Event log: DynamoDB, beyond one answer', () => {
  // DynamoDB answers at most 1 MB at once.
  const large = { ...EVENTS.declined, data: { declineCode: 'x'.repeat(300_000) } };
  const orderId = parseOrderId('0190f3a0-0000-7000-8000-0000000000ff');
  const versions = [1, 2, 3, 4, 5, 6];

  beforeAll(async () => {
    const { log } = onDynamoDb();
    await log.append(orderId, 0, [newEvent(created(), 0, orderId)]);
    for (const version of versions.slice(0, -1)) {
      await log.append(orderId, version, [newEvent(large, version, orderId)]);
    }
  });

  test('reads a stream of more than one page', async () => {
    expect((await onDynamoDb().log.read(orderId)).map(({ version }) => version)).toEqual(versions);
  });

  test('reads as many last events as it was asked for', async () => {
    expect((await onDynamoDb().log.readLast(orderId, 5)).map(({ version }) => version)).toEqual([2, 3, 4, 5, 6]);
  });

  test('gives the stream in one piece when all are read', async () => {
    const found: number[][] = [];
    for await (const stream of onDynamoDb().streams.readAll()) {
      if (stream.id === orderId) found.push(stream.events.map(({ version }) => version));
    }
    expect(found).toEqual([versions]);
  });
});

describe('Event log: DynamoDB, beside others', () => {
  const conflict = (answer: Error) => {
    const send = async () => {
      throw answer;
    };
    return new DynamoDbEventLog(ORDER, { send } as unknown as DynamoDBDocumentClient, ORDER_LOG, COMMANDS);
  };
  const orderId = parseOrderId('0190f3a0-0000-7000-8000-0000000000fe');
  const $metadata = {};

  test.each([
    ['the item is held by a transaction', new TransactionConflictException({ message: 'held', $metadata })],
    [
      'one of two transactions is turned away',
      new TransactionCanceledException({
        message: 'held',
        $metadata,
        CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
      }),
    ],
  ])('says that a race is lost when %s', async (_, error) => {
    expect(
      await conflict(error).append(orderId, 0, [newEvent(created(), 0, orderId)], { commandId: 'command-1' }),
    ).toEqual({ ok: false, refusal: { kind: 'version-conflict' } });
  });

  test('lets every other failure through', async () => {
    const error = new TransactionCanceledException({
      message: 'slow down',
      $metadata,
      CancellationReasons: [{ Code: 'ThrottlingError' }],
    });
    await expect(conflict(error).append(orderId, 0, [newEvent(created(), 0, orderId)])).rejects.toBe(error);
  });

  test('refuses a command when there is nowhere to keep it', async () => {
    const log = new DynamoDbEventLog(ORDER, DynamoDBDocumentClient.from(dynamoDb.client), ORDER_LOG);
    await expect(log.append(orderId, 0, [newEvent(created(), 0, orderId)], { commandId: 'command-1' })).rejects.toThrow(
      /without a table of commands/,
    );
    expect(await log.read(orderId)).toEqual([]);
  });
});
