/** Search: projection, index and handler on DynamoDB Local, against what a plain sort of all orders finds. */
import { ORDER_TABLES } from '../../functions/orders/adapters/tables.ts';
import '../support/platform/function-environment.ts';
import { randomUUID } from 'node:crypto';
import { DynamoDBDocumentClient, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DynamoDbOrderViews } from '../../functions/orders/adapters/dynamodb-order-views.ts';
import { DynamoDbSearchIndex } from '../../functions/orders/adapters/dynamodb-search-index.ts';
import { bucketOf } from '../../functions/orders/adapters/search-rows.ts';
import { type FoundOrder, findOrders } from '../../functions/orders/application/find-orders.ts';
import type { ProjectedOrders, SearchIndex } from '../../functions/orders/application/ports.ts';
import { projectOrder } from '../../functions/orders/application/project-order.ts';
import { fold } from '../../functions/orders/domain/evolve.ts';
import { type OrderView, viewOf } from '../../functions/orders/domain/order-view.ts';
import { TERM_KINDS, termsOf } from '../../functions/orders/domain/search/terms.ts';
import { bestMatch, wordsOf } from '../../functions/orders/domain/search/words.ts';
import type { ExistingOrder } from '../../functions/orders/domain/state.ts';
import { makeHandler } from '../../functions/orders/search-orders.ts';
import { money } from '../../functions/shared/kernel/money.ts';
import { apiEvent, bodyOf, customer, lambdaContext, operator } from '../support/api/invocations.ts';
import { openDynamoDb, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { unraced } from '../support/orders/projecting.ts';
import { created, line, streamOf } from '../support/orders/streams.ts';

let dynamoDb: TestDynamoDb;
let db: DynamoDBDocumentClient;

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  db = DynamoDBDocumentClient.from(dynamoDb.client, { marshallOptions: { removeUndefinedValues: true } });
}, 60_000);

afterAll(() => dynamoDb?.close());

const template = viewOf(fold(streamOf([created()])) as ExistingOrder);

interface Shape {
  readonly orderId?: string;
  readonly name?: string;
  readonly email?: string;
  readonly skus?: readonly string[];
  readonly minute?: number;
  readonly version?: number;
  readonly status?: string;
}

const orderOf = ({
  orderId = randomUUID(),
  name = 'Li Wei',
  email,
  skus = ['MUG-BLUE'],
  minute = 0,
  version = 1,
  status = 'created',
}: Shape): OrderView => ({
  ...template,
  orderId,
  version,
  status: status as OrderView['status'],
  customer: { name, ...(email === undefined ? {} : { email }) },
  shippingAddress: { ...template.shippingAddress, name },
  items: skus.map((sku) => ({ ...line(sku), lineTotal: money(0, 'CNY') })),
  createdAt: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(),
});

/** Tables of its own, with these orders projected. */
async function shop(orders: readonly OrderView[] = []) {
  const id = randomUUID();
  await dynamoDb.createTable(`views-${id}`, ORDER_TABLES.orderView);
  await dynamoDb.createTable(`search-${id}`, ORDER_TABLES.orderSearch);
  const views = new DynamoDbOrderViews(db, `views-${id}`);
  const index = new DynamoDbSearchIndex(db, `search-${id}`);
  for (const order of orders) await projectOrder({ views, index }, unraced(order));
  const search = async (
    query: Record<string, string>,
    caller: Parameters<typeof apiEvent>[0]['caller'] = operator('orders:read'),
  ) => makeHandler({ views, index })(apiEvent({ path: '/api/v1/orders/search', query, caller }), lambdaContext());
  const find = async (q: string, more: Record<string, string> = {}) => {
    const answer = await search({ q, ...more });
    expect(answer.statusCode).toBe(200);
    return bodyOf(answer) as unknown as { items: FoundOrder[]; next?: string };
  };
  const walk = async (q: string, limit: number) => {
    const pages: string[][] = [];
    let next: string | undefined;
    do {
      const page = await find(q, { limit: String(limit), ...(next === undefined ? {} : { cursor: next }) });
      pages.push(page.items.map(({ orderId }) => orderId));
      next = page.next;
    } while (next !== undefined && pages.length < 200);
    return pages;
  };
  const entries = async () =>
    ((await db.send(new ScanCommand({ TableName: `search-${id}`, ConsistentRead: true }))).Items ?? []) as {
      entry: string;
      bucket: string;
    }[];
  return { views, index, search, find, walk, entries, searchTable: `search-${id}` };
}

const idsOf = ({ items }: { items: readonly FoundOrder[] }) => items.map(({ orderId }) => orderId);

describe('A search', () => {
  test('finds by order id, e-mail address, SKU and name, from their beginnings, and says by which', async () => {
    const order = orderOf({ name: 'José Álvarez', email: 'Jose@Example.com', skus: ['MUG-BLUE', 'TSHIRT'] });
    const { find } = await shop([order, orderOf({ name: 'Somebody Else', email: 'else@example.com', skus: ['LAMP'] })]);
    for (const [q, match] of [
      [order.orderId, 'order'],
      [order.orderId.slice(0, 8).toUpperCase(), 'order'],
      ['jose@example.com', 'email'],
      ['JOSE@', 'email'],
      ['mug-blue', 'sku'],
      ['tsh', 'sku'],
      ['JOSÉ', 'name'],
      ['álv', 'name'],
    ] as const) {
      expect({ q, found: (await find(q)).items }).toMatchObject({
        q,
        found: [{ orderId: order.orderId, match, links: { self: `/api/v1/orders/${order.orderId}` } }],
      });
    }
  });

  test('finds names that are written without spaces by any of their characters', async () => {
    const order = orderOf({ name: '李小伟' });
    const { find } = await shop([order, orderOf({ name: '王芳' })]);
    for (const q of ['李', '小伟', '伟', '李小']) expect(idsOf(await find(q))).toEqual([order.orderId]);
  });

  test('finds names that go on with characters beyond the basic plane', async () => {
    const order = orderOf({ name: '田𠮷子' });
    const { find } = await shop([order, orderOf({ name: '申子' })]);
    for (const q of ['田', '田𠮷', '𠮷']) expect(idsOf(await find(q))).toEqual([order.orderId]);
  });

  test('needs all of several words, in any order', async () => {
    const wanted = orderOf({ name: 'Wei Zhang', skus: ['TSHIRT'], minute: 1 });
    const { find } = await shop([
      wanted,
      orderOf({ name: 'Wei Li', skus: ['MUG'] }),
      orderOf({ name: 'Ann Zhang', skus: ['TSHIRT'] }),
    ]);
    for (const q of ['wei tshirt', 'tsh wei', 'zhang wei', `wei ${wanted.orderId.slice(0, 8)} tshirt`]) {
      expect(idsOf(await find(q))).toEqual([wanted.orderId]);
    }
    expect(idsOf(await find('wei lamp'))).toEqual([]);
  });

  test('looks only at orders that the index has under all of several words', async () => {
    const others = Array.from({ length: 30 }, (_, minute) => orderOf({ name: 'Wei Li', minute }));
    const wanted = orderOf({ name: 'Wei Zhang', minute: 40 });
    const { views, index } = await shop([...others, wanted, orderOf({ name: 'Ann Zhang' })]);
    const asked: string[] = [];
    const counted = { findMany: (ids: readonly string[]) => (asked.push(...ids), views.findMany(ids)) };
    const words = wordsOf('wei zhang');
    if (!words.ok) throw new Error(words.refusal);
    const { items } = await findOrders({ index, views: counted }, words.value, 20);
    expect(items.map(({ orderId }) => orderId)).toEqual([wanted.orderId]);
    expect(asked).toEqual([wanted.orderId]);
  });

  test('ranks by the kind of match, exact before longer, newest first', async () => {
    const email = orderOf({ email: 'rose@example.com', name: 'X Y', minute: 1 });
    const [sku, longSku] = [orderOf({ skus: ['ROSE'], minute: 2 }), orderOf({ skus: ['ROSEMARY'], minute: 9 })];
    const [older, newer] = [orderOf({ name: 'Rose Li', minute: 3 }), orderOf({ name: 'Rose Wu', minute: 5 })];
    const longName = orderOf({ name: 'Rosemary Li', minute: 8 });
    const { find } = await shop([longName, older, newer, longSku, sku, email]);
    expect(idsOf(await find('rose'))).toEqual(
      [email, sku, longSku, newer, older, longName].map(({ orderId }) => orderId),
    );
  });

  test('shows an order once, however many of its terms match', async () => {
    const order = orderOf({ email: 'mug@example.com', skus: ['MUG', 'MUG-BLUE', 'MUG-RED'], name: 'Mug Mugson' });
    const { walk } = await shop([order]);
    expect((await walk('mug', 1)).flat()).toEqual([order.orderId]);
  });

  test('finds orders that wait for review, and only those', async () => {
    const held = orderOf({ status: 'held' });
    const { find, views, index } = await shop([held, orderOf({})]);
    expect(idsOf(await find('status:held'))).toEqual([held.orderId]);
    await projectOrder({ views, index }, unraced({ ...held, status: 'created', version: 2 }));
    expect(idsOf(await find('status:held'))).toEqual([]);
  });

  test('leads through all that it finds, page by page, as a plain sort of all orders would', async () => {
    const names = ['Wei Li', 'Wei Wu', 'Weiss Ann', 'Ann Wei', '李伟'];
    const skus = ['MUG', 'MUG-BLUE', 'WEI-LAMP', 'TSHIRT'];
    const orders = Array.from({ length: 60 }, (_, index) =>
      orderOf({
        name: names[index % 5]!,
        skus: [skus[index % 4]!, skus[(index * 3) % 4]!],
        minute: (index * 17) % 60,
        ...(index % 3 === 0 ? { email: `wei${index % 9}@example.com` } : {}),
      }),
    );
    const { walk } = await shop(orders);
    for (const q of ['wei', 'mug', '伟', 'wei1', 'li']) {
      for (const limit of [1, 7, 100]) {
        expect({ q, limit, found: (await walk(q, limit)).flat() }).toEqual({ q, limit, found: ranked(orders, q) });
      }
    }
    for (const q of ['wei mug', 'ann tshirt', 'mug wei li']) {
      const found = (await walk(q, 7)).flat();
      expect(new Set(found)).toEqual(new Set(ranked(orders, q)));
      expect(found).toHaveLength(new Set(found).size);
    }
  }, 60_000);

  test('fills a page of the largest size', async () => {
    const orders = Array.from({ length: 101 }, (_, minute) => orderOf({ minute }));
    const { walk } = await shop(orders);
    expect((await walk('mug', 100)).map(({ length }) => length)).toEqual([100, 1]);
  }, 60_000);
});

/** The oracle: every order that has all words, sorted by the best match of the first word. */
function ranked(orders: readonly OrderView[], q: string): string[] {
  const words = wordsOf(q);
  if (!words.ok) throw new Error(words.refusal);
  const [leading] = words.value;
  return orders
    .map((order) => ({
      order,
      best: bestMatch(termsOf(order), leading!),
      all: words.value.every((word) => bestMatch(termsOf(order), word)),
    }))
    .filter(({ all }) => all)
    .sort(
      (left, right) =>
        TERM_KINDS.indexOf(left.best!.kind) - TERM_KINDS.indexOf(right.best!.kind) ||
        Buffer.compare(Buffer.from(left.best!.text), Buffer.from(right.best!.text)) ||
        right.order.createdAt.localeCompare(left.order.createdAt) ||
        left.order.orderId.localeCompare(right.order.orderId),
    )
    .map(({ order }) => order.orderId);
}

describe('Who and what is refused', () => {
  test('customers and operators without the scope', async () => {
    const { search } = await shop();
    expect((await search({ q: 'mug' }, customer())).statusCode).toBe(403);
    expect((await search({ q: 'mug' }, operator('orders:refund'))).statusCode).toBe(403);
  });

  test.each([
    {},
    { q: '' },
    { q: 'a' },
    { q: 'status:lost' },
    { q: 'x'.repeat(201) },
    { q: 'mug', limit: '0' },
    { q: 'mug', sort: 'name' },
  ])('a query that is not valid: %j', async (query) => {
    const answer = await (await shop()).search(query);
    expect(answer.statusCode).toBe(400);
    expect(bodyOf(answer)).toMatchObject({
      type: 'urn:waybill:problem:invalid-request',
      errors: [{ parameter: expect.any(String) }],
    });
  });

  test('a cursor of another search, or one that was made up', async () => {
    const { find, search } = await shop([orderOf({}), orderOf({})]);
    const { next } = await find('mug', { limit: '1' });
    const { query } = JSON.parse(Buffer.from(next!, 'base64url').toString()) as { query: string };
    const madeUp = [
      { word: 0, kind: 'sku', place: 'other' },
      { word: 0, kind: 'order' },
      { word: 1, kind: 'sku' },
      { word: -1, kind: 'sku' },
      { kind: 'sku' },
    ].map((position) => Buffer.from(JSON.stringify({ query, position })).toString('base64url'));
    for (const request of [
      { q: 'mug-', cursor: next! },
      { q: 'mug', cursor: 'x' },
      ...madeUp.map((cursor) => ({ q: 'mug', cursor })),
    ]) {
      expect(bodyOf(await search(request))).toMatchObject({ status: 400, type: 'urn:waybill:problem:invalid-cursor' });
    }
  });
});

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
    await projectOrder({ views, index: silent }, unraced({ ...order, version: 2, status: 'processing' }));
    expect(await entries()).toEqual(before);
  });

  test('takes away what an order is no longer found by', async () => {
    const order = orderOf({ skus: ['MUG', 'LAMP'] });
    const { entries, find, views, index } = await shop([order]);
    await projectOrder({ views, index }, unraced(orderOf({ ...order, skus: ['MUG', 'TSHIRT'], version: 2 })));
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
      await projectOrder({ views, index }, unraced(orderOf({ ...order, skus: ['OLD'], version })));
    }
    expect(await entries()).toEqual(before);
    expect(idsOf(await find('old'))).toEqual([]);
  });

  test('leaves no entry of the one that was overtaken while it wrote', async () => {
    const order = orderOf({ skus: ['FIRST'] });
    const newer = orderOf({ ...order, skus: ['SECOND'], version: 2 });
    const { entries, find, views, index } = await shop();
    // The newer version comes between this one's look at the view and its attempt to replace it.
    const overtaken: ProjectedOrders = {
      current: views.current.bind(views),
      replace: async (...args) => {
        await projectOrder({ views, index }, unraced(newer));
        return views.replace(...args);
      },
    };
    await projectOrder({ views: overtaken, index }, { view: order, reload: async () => newer });
    expect(idsOf(await find('second'))).toEqual([order.orderId]);
    expect((await entries()).some(({ entry }) => entry.startsWith('first'))).toBe(false);
  });

  test('does not take away an entry that a newer version needs', async () => {
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
    await projectOrder({ views, index }, unraced(changed));
    expect(idsOf(await find('lamp'))).toEqual([order.orderId]);
  });

  test('keeps what begins alike together, and nothing longer in the key than the search needs', async () => {
    const { searchTable } = await shop([orderOf({ name: 'Li Wei' })]);
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
