import { randomUUID } from 'node:crypto';
import { type BatchGetCommand, DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DynamoDbCatalogue } from '../../functions/orders/adapters/dynamodb-catalogue.ts';
import { DynamoDbOrderViews } from '../../functions/orders/adapters/dynamodb-order-views.ts';
import { ORDER_TABLES } from '../../functions/orders/adapters/tables.ts';
import { fold } from '../../functions/orders/domain/evolve.ts';
import { viewOf } from '../../functions/orders/domain/order-view.ts';
import type { ExistingOrder } from '../../functions/orders/domain/state.ts';
import { DependencyUnavailable } from '../../functions/shared/kernel/errors.ts';
import type { Sku } from '../../functions/shared/kernel/ids.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { HAPPY_PATH, ORDER_ID, streamOf } from '../support/orders/streams.ts';

const CATALOGUE = ownTable('catalogue');
const VIEWS = ownTable('views');
let dynamoDb: TestDynamoDb;
let db: DynamoDBDocumentClient;

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  await dynamoDb.createTable(CATALOGUE, ORDER_TABLES.catalogue);
  await dynamoDb.createTable(VIEWS, ORDER_TABLES.orderView);
  db = DynamoDBDocumentClient.from(dynamoDb.client, { marshallOptions: { removeUndefinedValues: true } });
});

afterAll(() => dynamoDb?.close());

describe('Catalogue', () => {
  const article = (sku: string) => ({
    sku: sku as Sku,
    name: `Article ${sku}`,
    unitPrice: { amount: 8_800, currency: 'CNY' },
  });
  const skus = Array.from({ length: 97 }, (_, index) => `SKU-${index}` as Sku);

  beforeAll(async () => {
    for (const sku of skus) await db.send(new PutCommand({ TableName: CATALOGUE, Item: article(sku) }));
  });

  test('finds names and prices of as many articles as an order can have', async () => {
    const found = await new DynamoDbCatalogue(db, CATALOGUE).find(skus);
    expect([...found.keys()].sort()).toEqual([...skus].sort());
    expect(found.get(skus[0]!)).toEqual(article(skus[0]!));
  });

  test('leaves out what it does not list', async () => {
    const found = await new DynamoDbCatalogue(db, CATALOGUE).find([skus[0]!, 'NO-SUCH' as Sku]);
    expect([...found.keys()]).toEqual([skus[0]]);
  });

  /** A busy DynamoDB answers in part and names the unprocessed keys; DynamoDB Local always answers in full. */
  const busy = (times: number) => {
    let left = times;
    const send = async (command: BatchGetCommand): Promise<unknown> => {
      if (left === 0) return db.send(command);
      left -= 1;
      return { Responses: {}, UnprocessedKeys: command.input.RequestItems };
    };
    return new DynamoDbCatalogue({ send } as unknown as DynamoDBDocumentClient, CATALOGUE);
  };

  test('asks again for the articles that a busy table left out', async () => {
    expect((await busy(2).find([skus[0]!, skus[1]!])).size).toBe(2);
  });

  test('never calls an article unknown because the table stays busy', async () => {
    await expect(busy(Number.POSITIVE_INFINITY).find([skus[0]!])).rejects.toThrow(DependencyUnavailable);
  });
});

describe('Order views', () => {
  const stream = streamOf(HAPPY_PATH);
  const viewAt = (version: number) => viewOf(fold(stream.slice(0, version)) as ExistingOrder);

  test('has no view of an order that was not projected', async () => {
    expect(await new DynamoDbOrderViews(db, VIEWS).current(randomUUID())).toBeUndefined();
  });

  test('replaces only the version that the projection saw', async () => {
    const views = new DynamoDbOrderViews(db, VIEWS);
    const stored = [];
    for (const [version, replaced] of [
      [2, 1],
      [2, undefined],
      [5, undefined],
      [5, 2],
      [3, 2],
      [6, 5],
    ] as const) {
      stored.push(await views.replace(viewAt(version), replaced));
    }
    expect(stored).toEqual([false, true, false, true, false, true]);
    expect(await views.current(ORDER_ID)).toEqual(viewAt(6));
  });

  test('finds many at once, and leaves out what is not there', async () => {
    const views = new DynamoDbOrderViews(db, VIEWS);
    const other = randomUUID();
    await views.replace({ ...viewAt(1), orderId: other }, undefined);
    const found = await views.findMany([ORDER_ID, other, other, randomUUID()]);
    expect([...found.keys()].sort()).toEqual([ORDER_ID, other].sort());
    expect(await views.findMany([])).toEqual(new Map());
  });
});
