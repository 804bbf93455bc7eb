/** The projection of search terms on DynamoDB Local. */
import '../support/platform/function-environment.ts';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bucketOf } from '../../functions/orders/adapters/search-rows.ts';
import type { ProjectedOrders, SearchIndex } from '../../functions/orders/application/ports.ts';
import { projectOrder } from '../../functions/orders/application/project-order.ts';
import type { OrderView } from '../../functions/orders/domain/order-view.ts';
import { termsOf } from '../../functions/orders/domain/search/terms.ts';
import { openDynamoDb, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { idsOf, orderOf, searchableShop } from '../support/orders/searchable-shop.ts';
import { uncontested } from '../support/orders/uncontested-view.ts';

let dynamoDb: TestDynamoDb;
const shop = (orders?: readonly OrderView[]) => searchableShop(dynamoDb, orders);

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
});

afterAll(() => dynamoDb?.close());

describe('The projection of search terms', () => {
  test('writes an entry per term once, and nothing while the terms stay', async () => {
    const order = orderOf({ email: 'li@example.com' });
    const { entries, views, index } = await shop([order]);
    const before = await entries();
    expect(before).toHaveLength(5);
    const silent: SearchIndex = {
      ...index,
      find: index.find.bind(index),
      add: async (_, terms) => expect(terms).toEqual([]),
      remove: async (_, terms) => expect(terms).toEqual([]),
    };
    await projectOrder({ views, index: silent }, uncontested({ ...order, version: 2, status: 'processing' }));
    expect(await entries()).toEqual(before);
  });

  test('removes the terms that an order no longer has', async () => {
    const order = orderOf({ skus: ['MUG', 'LAMP'] });
    const { entries, find, views, index } = await shop([order]);
    await projectOrder({ views, index }, uncontested(orderOf({ ...order, skus: ['MUG', 'TSHIRT'], version: 2 })));
    expect(idsOf(await find('tshirt'))).toEqual([order.orderId]);
    expect(idsOf(await find('lamp'))).toEqual([]);
    expect(
      (await entries())
        .map(({ bucket }) => bucket)
        .filter((bucket) => bucket.startsWith('sku'))
        .sort(),
    ).toEqual(['sku#mu', 'sku#ts']);
  });

  test('changes nothing when an older version, or the same one, comes late', async () => {
    const order = orderOf({ skus: ['NEW'], version: 5 });
    const { entries, find, views, index } = await shop([order]);
    const before = await entries();
    for (const version of [1, 5]) {
      await projectOrder({ views, index }, uncontested(orderOf({ ...order, skus: ['OLD'], version })));
    }
    expect(await entries()).toEqual(before);
    expect(idsOf(await find('old'))).toEqual([]);
  });

  test('leaves no entry of an update that was overtaken while it wrote', async () => {
    const order = orderOf({ skus: ['FIRST'] });
    const newer = orderOf({ ...order, skus: ['SECOND'], version: 2 });
    const { entries, find, views, index } = await shop();
    // The newer version is projected between this update's read of the view and its attempt to replace it.
    const overtaken: ProjectedOrders = {
      current: views.current.bind(views),
      replace: async (...args) => {
        await projectOrder({ views, index }, uncontested(newer));
        return views.replace(...args);
      },
    };
    await projectOrder({ views: overtaken, index }, { view: order, reload: async () => newer });
    expect(idsOf(await find('second'))).toEqual([order.orderId]);
    expect((await entries()).some(({ entry }) => entry.startsWith('first'))).toBe(false);
  });

  test('does not remove an entry that a newer version needs', async () => {
    const order = orderOf({ skus: ['MUG'] });
    const { index, find } = await shop([orderOf({ ...order, version: 3 })]);
    await index.remove(order, termsOf(order));
    expect(idsOf(await find('mug'))).toEqual([order.orderId]);
  });

  test('is found by the new terms at once when the writer was interrupted before the view', async () => {
    const order = orderOf({ skus: ['MUG'] });
    const { index, views, find } = await shop([order]);
    const changed = orderOf({ ...order, skus: ['LAMP'], version: 2 });
    await index.add(changed, termsOf(changed));
    expect(idsOf(await find('lamp'))).toEqual([]);
    await projectOrder({ views, index }, uncontested(changed));
    expect(idsOf(await find('lamp'))).toEqual([order.orderId]);
  });

  test('keeps terms with the same beginning together, with no more in the key than the search needs', async () => {
    const { db, searchTable } = await shop([orderOf({ name: 'Li Wei' })]);
    const { Items } = await db.send(
      new QueryCommand({
        TableName: searchTable,
        KeyConditionExpression: '#bucket = :bucket',
        ExpressionAttributeNames: { '#bucket': 'bucket' },
        ExpressionAttributeValues: { ':bucket': bucketOf({ kind: 'name', text: 'wei' }) },
      }),
    );
    expect(Items).toMatchObject([
      { bucket: 'name#we', entry: expect.stringMatching(/^wei \S+ [0-9a-f-]{36}$/), version: 1 },
    ]);
  });
});
