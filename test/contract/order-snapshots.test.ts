import { randomUUID } from 'node:crypto';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DynamoDbSnapshots, SNAPSHOT_SCHEMA } from '../../functions/orders/adapters/dynamodb-snapshots.ts';
import type { Snapshots } from '../../functions/orders/application/ports.ts';
import { fold } from '../../functions/orders/domain/evolve.ts';
import type { ExistingOrder } from '../../functions/orders/domain/state.ts';
import { EVENT_LOG_TABLES } from '../../functions/shared/event-log/tables.ts';
import { type OrderId, parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { InMemorySnapshots } from '../support/fakes/in-memory-snapshots.ts';
import { HAPPY_PATH, streamOf } from '../support/orders/streams.ts';

const SNAPSHOTS = ownTable('order-snapshots');
let dynamoDb: TestDynamoDb;
let orderId: OrderId;

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  await dynamoDb.createTable(SNAPSHOTS, EVENT_LOG_TABLES.orderSnapshots);
}, 60_000);

afterAll(() => dynamoDb?.close());

beforeEach(() => {
  orderId = parseOrderId(randomUUID());
});

const orderAt = (version: number) => fold(streamOf(HAPPY_PATH, orderId).slice(0, version)) as ExistingOrder;
const onDynamoDb = () => new DynamoDbSnapshots(DynamoDBDocumentClient.from(dynamoDb.client), SNAPSHOTS, 20);

const snapshotsContract = (name: string, make: () => Snapshots) =>
  describe(`Snapshots: ${name}`, () => {
    let snapshots: Snapshots;
    beforeEach(() => {
      snapshots = make();
    });

    test('has none of an order of which none was taken', async () => {
      expect(await snapshots.find(orderId)).toBeUndefined();
    });

    test('gives the order back as it was', async () => {
      await snapshots.save(orderAt(5));
      expect(await snapshots.find(orderId)).toEqual(orderAt(5));
    });

    test('keeps the newest, however late an older one comes', async () => {
      for (const version of [3, 6, 4, 6, 1]) await snapshots.save(orderAt(version));
      expect(await snapshots.find(orderId)).toEqual(orderAt(6));
    });

    test('keeps the newest of many that come at once', async () => {
      await Promise.all([2, 5, 3, 6, 1, 4].map((version) => snapshots.save(orderAt(version))));
      expect(await snapshots.find(orderId)).toEqual(orderAt(6));
    });
  });

snapshotsContract('in memory', () => new InMemorySnapshots());
snapshotsContract('DynamoDB', onDynamoDb);

describe('Snapshots: DynamoDB, across deployments', () => {
  const putAs = (schemaVersion: number, version: number) =>
    DynamoDBDocumentClient.from(dynamoDb.client).send(
      new PutCommand({
        TableName: SNAPSHOTS,
        Item: { orderId, schemaVersion, version, order: { status: 'of another time' } },
      }),
    );

  test('ignores a snapshot of an older schema, and replaces it whatever its version', async () => {
    await putAs(SNAPSHOT_SCHEMA - 1, 6);
    expect(await onDynamoDb().find(orderId)).toBeUndefined();
    await onDynamoDb().save(orderAt(3));
    expect(await onDynamoDb().find(orderId)).toEqual(orderAt(3));
  });

  test('ignores a snapshot of a newer schema, and leaves it alone', async () => {
    await putAs(SNAPSHOT_SCHEMA + 1, 3);
    await onDynamoDb().save(orderAt(6));
    expect(await onDynamoDb().find(orderId)).toBeUndefined();
  });
});
