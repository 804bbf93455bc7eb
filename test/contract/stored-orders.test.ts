/** What tables hold stays as it is, byte for byte: code of another version reads and writes the same items. */
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ORDER_SNAPSHOTS } from '../../functions/orders/adapters/snapshots.ts';
import { fold } from '../../functions/orders/domain/evolve.ts';
import type { ExistingOrder } from '../../functions/orders/domain/state.ts';
import { ORDER } from '../../functions/published/order-log.ts';
import { DynamoDbEventLog } from '../../functions/shared/event-log/dynamodb-event-log.ts';
import { DynamoDbEventStreams } from '../../functions/shared/event-log/dynamodb-event-streams.ts';
import { DynamoDbSnapshots } from '../../functions/shared/event-log/dynamodb-snapshots.ts';
import { type OrderId, parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';

const LOG = ownTable('order-log');
const COMMANDS = ownTable('commands');
const SNAPSHOTS = ownTable('order-snapshots');
const orderId = parseOrderId('0190f3a0-0000-7000-8000-0000000000aa');
const written = parseOrderId('0190f3a0-0000-7000-8000-0000000000bb');

const cny = (amount: number) => ({ amount, currency: 'CNY' });
const shippingAddress = {
  name: 'Li Wei',
  street: '88 Nanjing Road',
  city: 'Shanghai',
  state: 'Shanghai',
  country: 'CN',
  postalCode: '200000',
};
const envelope = {
  occurredAt: '2026-01-02T03:04:05.000Z',
  correlationId: 'corr-1',
  causationId: 'corr-1',
  actor: { type: 'system', id: 'ReserveInventory' },
};

/** As the first version stored it: without discounts. */
const createdItem = {
  orderId,
  version: 1,
  type: 'OrderCreated',
  schemaVersion: 1,
  eventId: '0190f3a0-0000-7000-8000-0000000000e1',
  ...envelope,
  actor: { type: 'customer', id: 'C-1' },
  data: {
    customerId: 'C-1',
    lines: [{ sku: 'MUG-BLUE', name: 'Mug', quantity: 2, unitPrice: cny(4_500) }],
    total: cny(9_000),
    shippingAddress,
    paymentMethod: { type: 'card', token: 'tok_ok' },
    requestHash: 'a'.repeat(64),
  },
};
const reservedItem = {
  orderId,
  version: 2,
  type: 'InventoryReserved',
  schemaVersion: 1,
  eventId: '0190f3a0-0000-7000-8000-0000000000e2',
  ...envelope,
  data: { lines: [{ sku: 'MUG-BLUE', quantity: 2 }] },
};
/** All stock lay at one location when it was stored. */
const RESERVED_TODAY = { lines: [{ sku: 'MUG-BLUE', quantity: 2, location: 'main' }] };
const commandItem = { commandId: 'command-1', orderId, version: 2, requestHash: 'b'.repeat(64) };

let dynamoDb: TestDynamoDb;
let db: DynamoDBDocumentClient;
beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  db = DynamoDBDocumentClient.from(dynamoDb.client);
  await dynamoDb.createTable(LOG, { partitionKey: 'orderId', sortKey: 'version' });
  await dynamoDb.createTable(COMMANDS, { partitionKey: 'commandId' });
  await dynamoDb.createTable(SNAPSHOTS, { partitionKey: 'orderId' });
  for (const Item of [createdItem, reservedItem]) await db.send(new PutCommand({ TableName: LOG, Item }));
  await db.send(new PutCommand({ TableName: COMMANDS, Item: commandItem }));
});
afterAll(() => dynamoDb?.close());

const log = () => new DynamoDbEventLog(ORDER, db, LOG, COMMANDS);
const snapshots = () => new DynamoDbSnapshots<ExistingOrder, OrderId>(ORDER_SNAPSHOTS, db, SNAPSHOTS, 20);
const itemOf = async (TableName: string, Key: Record<string, unknown>) =>
  (await db.send(new GetCommand({ TableName, Key }))).Item;

describe('An order that another version stored', () => {
  test('is read with its events as they are today', async () => {
    const { schemaVersion: _, ...reserved } = reservedItem;
    const [created, second] = await log().read(orderId);
    expect(second).toEqual({ ...reserved, data: RESERVED_TODAY });
    expect(created).toMatchObject({
      orderId,
      version: 1,
      type: 'OrderCreated',
      data: { total: cny(9_000), subtotal: cny(9_000), discounts: [], lines: [{ net: cny(9_000), discount: cny(0) }] },
    });
    expect(fold(await log().readLast(orderId, 5))).toMatchObject({ status: 'inventory_reserved', version: 2 });
    for await (const { id, events } of new DynamoDbEventStreams(ORDER, db, LOG).readAll()) {
      if (id === orderId) expect(events).toEqual([created, second]);
    }
  });

  test('knows the commands that were carried out for it', async () => {
    const known = { kind: 'command-known', id: orderId, version: 2, requestHash: 'b'.repeat(64) };
    expect(await log().findCommand('command-1')).toEqual(known);
    expect(await log().append(orderId, 2, [], { commandId: 'command-1' })).toEqual({ ok: false, refusal: known });
  });

  test.each([
    [11, 'loaded from'],
    [10, 'not loaded from'],
  ])('whose snapshot has schema %i is %s it', async (schemaVersion) => {
    const order = fold(await log().read(orderId)) as ExistingOrder;
    const item = { orderId, schemaVersion, version: 2, order: JSON.stringify(order) };
    await db.send(new PutCommand({ TableName: SNAPSHOTS, Item: item }));
    expect(await snapshots().find(orderId)).toEqual(schemaVersion === 11 ? order : undefined);
  });
});

describe('An order that this version stores', () => {
  test('has the same items as it always had', async () => {
    const events = (await log().read(orderId)).map(({ orderId: _, version: __, ...event }) => event);
    await log().append(written, 0, events, { commandId: 'command-2', requestHash: 'c'.repeat(64) });
    expect(await itemOf(LOG, { orderId: written, version: 2 })).toStrictEqual({
      ...reservedItem,
      orderId: written,
      schemaVersion: 2,
      data: RESERVED_TODAY,
    });
    expect(await itemOf(LOG, { orderId: written, version: 1 })).toMatchObject({ schemaVersion: 2, orderId: written });
    expect(await itemOf(COMMANDS, { commandId: 'command-2' })).toStrictEqual({
      commandId: 'command-2',
      orderId: written,
      version: 2,
      requestHash: 'c'.repeat(64),
    });
  });

  test('has the same snapshot as it always had', async () => {
    const order = { ...(fold(await log().read(orderId)) as ExistingOrder), orderId: written };
    await snapshots().save(written, order);
    expect(await itemOf(SNAPSHOTS, { orderId: written })).toStrictEqual({
      orderId: written,
      schemaVersion: 11,
      version: 2,
      order: JSON.stringify(order),
    });
  });
});
