import { randomUUID } from 'node:crypto';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ORDER_SNAPSHOTS } from '../../functions/orders/adapters/snapshots.ts';
import { fold } from '../../functions/orders/domain/evolve.ts';
import type { ExistingOrder } from '../../functions/orders/domain/state.ts';
import { ORDER_LOG_TABLES } from '../../functions/published/order-log-tables.ts';
import { DynamoDbSnapshots, type SnapshotFormat } from '../../functions/shared/event-log/dynamodb-snapshots.ts';
import type { Snapshots } from '../../functions/shared/event-log/port.ts';
import { type OrderId, parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import {
  ACCOUNT,
  ACCOUNT_SNAPSHOTS,
  type AccountId,
  deposited,
  foldAccount,
  opened,
  parseAccountId,
} from '../support/event-log/account.ts';
import { streamOf as eventsOf } from '../support/event-log/samples.ts';
import { InMemorySnapshots } from '../support/fakes/in-memory-snapshots.ts';
import { HAPPY_PATH, streamOf } from '../support/orders/streams.ts';

const ORDER_TABLE = ownTable('order-snapshots');
const ACCOUNT_TABLE = ownTable('account-snapshots');
let dynamoDb: TestDynamoDb;

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  await dynamoDb.createTable(ORDER_TABLE, ORDER_LOG_TABLES.orderSnapshots);
  await dynamoDb.createTable(ACCOUNT_TABLE, { partitionKey: ACCOUNT_SNAPSHOTS.idField });
});

afterAll(() => dynamoDb?.close());

/** An aggregate as its first events leave it: of version 1 to 6. */
interface Subject<State, Id> {
  readonly parseId: (text: string) => Id;
  readonly stateAt: (id: Id, version: number) => State;
}

const orders = {
  parseId: parseOrderId,
  stateAt: (id: OrderId, version: number) => fold(streamOf(HAPPY_PATH, id).slice(0, version)) as ExistingOrder,
};
const accounts = {
  parseId: parseAccountId,
  stateAt: (id: AccountId, version: number) => {
    const events = [opened('Li Wei'), ...[1, 2, 3, 4, 5].map(deposited)];
    return foldAccount(eventsOf(ACCOUNT, id, events).slice(0, version));
  },
};

const snapshotsContract = <State extends { readonly version: number }, Id extends string>(
  name: string,
  { parseId, stateAt }: Subject<State, Id>,
  make: () => Snapshots<State, Id>,
) =>
  describe(`Snapshots: ${name}`, () => {
    let snapshots: Snapshots<State, Id>;
    let id: Id;
    beforeEach(() => {
      snapshots = make();
      id = parseId(randomUUID());
    });
    const save = (version: number) => snapshots.save(id, stateAt(id, version));

    test('has none of an aggregate of which none was taken', async () => {
      expect(await snapshots.find(id)).toBeUndefined();
    });

    test('gives the state back as it was', async () => {
      await save(5);
      expect(await snapshots.find(id)).toEqual(stateAt(id, 5));
    });

    test('keeps the newest, however late an older one comes', async () => {
      for (const version of [3, 6, 4, 6, 1]) await save(version);
      expect(await snapshots.find(id)).toEqual(stateAt(id, 6));
    });

    test('keeps the newest of many that come at once', async () => {
      await Promise.all([2, 5, 3, 6, 1, 4].map(save));
      expect(await snapshots.find(id)).toEqual(stateAt(id, 6));
    });
  });

const onDynamoDb = <State extends { readonly version: number }, Id extends string>(
  format: SnapshotFormat,
  tableName: string,
): Snapshots<State, Id> => new DynamoDbSnapshots(format, DynamoDBDocumentClient.from(dynamoDb.client), tableName, 20);

snapshotsContract('orders in memory', orders, () => new InMemorySnapshots());
snapshotsContract('orders on DynamoDB', orders, () => onDynamoDb(ORDER_SNAPSHOTS, ORDER_TABLE));
snapshotsContract('accounts in memory', accounts, () => new InMemorySnapshots());
snapshotsContract('accounts on DynamoDB', accounts, () => onDynamoDb(ACCOUNT_SNAPSHOTS, ACCOUNT_TABLE));

describe('Snapshots: DynamoDB, across deployments', () => {
  const { schemaVersion: current } = ORDER_SNAPSHOTS;
  let orderId: OrderId;
  beforeEach(() => {
    orderId = parseOrderId(randomUUID());
  });
  const snapshots = () => onDynamoDb<ExistingOrder, OrderId>(ORDER_SNAPSHOTS, ORDER_TABLE);
  const putAs = (schemaVersion: number, version: number) =>
    DynamoDBDocumentClient.from(dynamoDb.client).send(
      new PutCommand({
        TableName: ORDER_TABLE,
        Item: { orderId, schemaVersion, version, order: { status: 'of another time' } },
      }),
    );

  test('ignores a snapshot of an older schema, and replaces it whatever its version', async () => {
    await putAs(current - 1, 6);
    expect(await snapshots().find(orderId)).toBeUndefined();
    await snapshots().save(orderId, orders.stateAt(orderId, 3));
    expect(await snapshots().find(orderId)).toEqual(orders.stateAt(orderId, 3));
  });

  test('ignores a snapshot of a newer schema, and leaves it alone', async () => {
    await putAs(current + 1, 3);
    await snapshots().save(orderId, orders.stateAt(orderId, 6));
    expect(await snapshots().find(orderId)).toBeUndefined();
  });
});
