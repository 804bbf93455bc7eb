/** The functions as they are deployed, with the adapters that they compose themselves, on DynamoDB Local. */
import '../support/platform/function-environment.ts';
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ORDER_TABLES } from '../../functions/orders/adapters/tables.ts';
import { DEPENDENCIES_VARIABLE } from '../../functions/published/dependencies.ts';
import { INVENTORY_TABLES } from '../../functions/published/inventory-tables.ts';
import { NOTIFICATION_TABLES } from '../../functions/published/notification-tables.ts';
import type { RecordedOrderEvent } from '../../functions/published/order-events.ts';
import { ORDER_LOG_TABLES } from '../../functions/published/order-log-tables.ts';
import { apiEvent, bodyOf, lambdaContext, operator, sqsEvent } from '../support/api/invocations.ts';
import { orderBody } from '../support/api/order-requests.ts';
import { openDynamoDb, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { TABLES } from '../support/dynamodb/tables.ts';

/** As the environment of the functions has it. */
const nameOf = ({ variable }: { readonly variable: string }): string => process.env[variable]!;

const HEALTH = [
  ...Object.entries({
    'order-log': ORDER_LOG_TABLES.orderLog,
    'order-view': ORDER_TABLES.orderView,
    catalogue: ORDER_TABLES.catalogue,
    inventory: INVENTORY_TABLES.inventory,
  }).map(([name, table]) => ({ name, kind: 'table', target: nameOf(table) })),
  ...['payment-gateway', 'carrier'].map((name) => ({ name, kind: 'partner', target: 'http://127.0.0.1:9' })),
];
let dynamoDb: TestDynamoDb;
let db: DynamoDBDocumentClient;

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  process.env.AWS_ENDPOINT_URL = dynamoDb.endpoint;
  process.env[DEPENDENCIES_VARIABLE] = JSON.stringify(HEALTH);
  db = DynamoDBDocumentClient.from(dynamoDb.client);
  for (const table of Object.values(TABLES)) await dynamoDb.createTable(nameOf(table), table);
  await db.send(
    new PutCommand({
      TableName: nameOf(ORDER_TABLES.catalogue),
      Item: { sku: 'TSHIRT', name: 'T-shirt', unitPrice: { amount: 12_900, currency: 'CNY' } },
    }),
  );
  await db.send(
    new PutCommand({
      TableName: nameOf(INVENTORY_TABLES.inventory),
      Item: { pk: 'SKU#TSHIRT', available: 5, reserved: 0 },
    }),
  );
});

afterAll(() => dynamoDb?.close());

type Handler = (event: unknown, context: unknown) => Promise<unknown>;
const invoke = async (name: string, event: unknown) => {
  const { handler } = (await import(`../../functions/${name}.ts`)) as { handler: Handler };
  return handler(event, lambdaContext());
};
const request = async (name: string, event: Parameters<typeof apiEvent>[0]) =>
  (await invoke(name, apiEvent(event))) as APIGatewayProxyResult;

describe('An order that is placed, reserved, released and cancelled', () => {
  let orderId: string;
  let events: RecordedOrderEvent[];

  test('is placed once with its key', async () => {
    const place = () =>
      request('orders/create-order', {
        method: 'POST',
        body: orderBody({ items: [{ sku: 'TSHIRT', quantity: 2 }] }),
        headers: { 'Idempotency-Key': 'key-1' },
      });
    const [first, second] = [await place(), await place()];
    expect([first.statusCode, second.statusCode]).toEqual([202, 202]);
    expect(bodyOf(second)).toEqual(bodyOf(first));
    expect([first, second].map(({ headers }) => headers?.['Idempotency-Replayed'])).toEqual([undefined, 'true']);
    orderId = bodyOf(first).orderId as string;
  });

  test('can be read at once', async () => {
    expect(bodyOf(await request('orders/get-order', { orderId }))).toMatchObject({
      orderId,
      status: 'created',
      total: { amount: 25_800 },
    });
  });

  test('goes through its steps, which answer nothing', async () => {
    expect(await invoke('inventory/reserve-inventory', { orderId })).toBeUndefined();
    await expect(invoke('orders/confirm-order', { orderId })).rejects.toMatchObject({ name: 'IllegalOrderTransition' });
    expect(await invoke('inventory/release-inventory', { orderId })).toBeUndefined();
    expect(
      await invoke('orders/cancel-order', { orderId, reason: 'payment_declined', unfinished: [] }),
    ).toBeUndefined();
  });

  test('shows its history', async () => {
    ({ events } = bodyOf(await request('orders/get-order-history', { orderId })) as unknown as {
      events: RecordedOrderEvent[];
    });
    expect(events.map(({ type }) => type)).toEqual([
      'OrderCreated',
      'InventoryReserved',
      'InventoryReleased',
      'OrderCancelled',
    ]);
  });

  test('is projected, and its customer notified, from the events of the bus', async () => {
    expect(await invoke('orders/project-order-view', sqsEvent(...events))).toEqual({ batchItemFailures: [] });
    expect(bodyOf(await request('orders/get-order', { orderId }))).toMatchObject({
      status: 'cancelled',
      reason: 'payment_declined',
      version: 4,
    });
    expect(await invoke('notifications/notify-customer', sqsEvent(events[3]!))).toEqual({ batchItemFailures: [] });
    const { Items } = await db.send(
      new QueryCommand({
        TableName: nameOf(NOTIFICATION_TABLES.notifications),
        KeyConditionExpression: 'customerId = :id',
        ExpressionAttributeValues: { ':id': 'C1' },
      }),
    );
    expect(Items).toMatchObject([
      { template: 'order-cancelled', values: { orderId, reason: 'payment_declined' }, language: 'en' },
    ]);
  });
});

test('Health distinguishes tables that work from partners that are down', async () => {
  const answer = await request('operations/check-dependencies', { caller: operator('orders:read') });
  const { dependencies } = bodyOf(answer) as { dependencies: { name: string; status: string }[] };
  const named = (status: string) =>
    dependencies.filter((dependency) => dependency.status === status).map(({ name }) => name);
  expect([answer.statusCode, bodyOf(answer).status]).toEqual([200, 'degraded']);
  expect(named('ok')).toEqual(expect.arrayContaining(['order-log', 'order-view', 'catalogue', 'inventory']));
  expect(named('unavailable')).toEqual(expect.arrayContaining(['payment-gateway', 'carrier']));
});
