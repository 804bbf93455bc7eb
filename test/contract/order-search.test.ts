/** Search: index and handler on DynamoDB Local, against what a plain sort of all orders finds. */
import '../support/platform/function-environment.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findOrders } from '../../functions/orders/application/find-orders.ts';
import { projectOrder } from '../../functions/orders/application/project-order.ts';
import type { OrderView } from '../../functions/orders/domain/order-view.ts';
import { termsOf } from '../../functions/orders/domain/search/terms.ts';
import { bestMatch, wordsOf } from '../../functions/orders/domain/search/words.ts';
import { bodyOf, customer, operator } from '../support/api/invocations.ts';
import { openDynamoDb, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { idsOf, orderOf, searchableShop } from '../support/orders/searchable-shop.ts';
import { uncontested } from '../support/orders/uncontested-view.ts';

let dynamoDb: TestDynamoDb;
const shop = (orders?: readonly OrderView[]) => searchableShop(dynamoDb, orders);

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
});

afterAll(() => dynamoDb?.close());

describe('A search', () => {
  test('finds by order id, e-mail address, SKU and name, by their beginnings, and names the kind of match', async () => {
    const order = orderOf({ name: 'José Álvarez', email: 'Jose@Example.com', skus: ['MUG-BLUE', 'TSHIRT'] });
    const { find } = await shop([order, orderOf({ name: 'Somebody Else', email: 'else@example.com', skus: ['LAMP'] })]);
    for (const [q, match] of [
      [order.orderId, 'order'],
      [order.orderId.slice(0, 8).toUpperCase(), 'order'],
      ['jose@example.com', 'email'],
      ['JOSE@', 'email'],
      ['mug-blue', 'sku'],
      ['tsh', 'sku'],
      ['JOSÉ', 'email'],
      ['álv', 'name'],
      ['ALV', 'name'],
      ['Álvarez, José', 'name'],
    ] as const) {
      expect({ q, found: (await find(q)).items }).toMatchObject({
        q,
        found: [{ orderId: order.orderId, match, links: { self: `/api/v1/orders/${order.orderId}` } }],
      });
    }
  });

  test.each([
    'Dr. J. R. Müller-Lüdenscheidt, M.Sc.',
    'Marks & Spencer',
    'Oʼneil',
    'Jean-Luc Jeanluc',
    'Zo\u00adë 3rd',
    'J',
    '🙂',
    'a b c d e f g h i j k l m n o p q r s t u v w x y z',
  ])('finds a name as it stands on the order, page by page: %s', async (name) => {
    const [first, second] = [orderOf({ name, minute: 1 }), orderOf({ name, minute: 2 })];
    const { walk } = await shop([first, orderOf({ name: 'Ann Wu' }), second]);
    expect(await walk(name, 1)).toEqual([[second.orderId], [first.orderId]]);
  });

  test('finds names that are written without spaces by any of their characters', async () => {
    const order = orderOf({ name: '李小伟' });
    const { find } = await shop([order, orderOf({ name: '王芳' })]);
    for (const q of ['李', '小伟', '伟', '李小']) expect(idsOf(await find(q))).toEqual([order.orderId]);
  });

  test('finds names with and without their punctuation, page by page, each order once', async () => {
    const [first, second] = [orderOf({ name: "O'Neil", minute: 1 }), orderOf({ name: 'Oneil', minute: 2 })];
    const { walk } = await shop([first, second, orderOf({ name: 'Neil O' })]);
    expect((await walk('oneil', 1)).flat()).toEqual([second.orderId, first.orderId]);
    expect(new Set((await walk("o'neil", 1)).flat()).size).toBe(3);
    expect((await walk("o'neil", 1)).flat()).toHaveLength(3);
  });

  test('finds orders that were stored without joined terms as before', async () => {
    const order = orderOf({ name: "Patrick O'Neil" });
    const { find, index } = await shop([order]);
    await index.remove(
      { ...order, version: order.version },
      termsOf(order).filter(({ text }) => text === 'oneil'),
    );
    for (const q of ["o'neil", 'neil', "patrick o'n"]) expect(idsOf(await find(q))).toEqual([order.orderId]);
  });

  test('finds names with characters beyond the basic multilingual plane', async () => {
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

  test('reads only orders that the index has for every word', async () => {
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
    await projectOrder({ views, index }, uncontested({ ...held, status: 'created', version: 2 }));
    expect(idsOf(await find('status:held'))).toEqual([]);
  });

  test('pages through all matches in the order of a plain sort of all orders', async () => {
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
  });

  test('fills a page of the largest size', async () => {
    const orders = Array.from({ length: 101 }, (_, minute) => orderOf({ minute }));
    const { walk } = await shop(orders);
    expect((await walk('mug', 100)).map(({ length }) => length)).toEqual([100, 1]);
  });
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
        left.best!.lookup - right.best!.lookup ||
        Buffer.compare(Buffer.from(left.best!.text), Buffer.from(right.best!.text)) ||
        right.order.createdAt.localeCompare(left.order.createdAt) ||
        left.order.orderId.localeCompare(right.order.orderId),
    )
    .map(({ order }) => order.orderId);
}

describe('A search is refused', () => {
  test('to customers, and to operators without the scope', async () => {
    const { search } = await shop();
    expect((await search({ q: 'mug' }, customer())).statusCode).toBe(403);
    expect((await search({ q: 'mug' }, operator('orders:refund'))).statusCode).toBe(403);
  });

  test.each([
    {},
    { q: '' },
    { q: '\u200b' },
    { q: 'status:lost' },
    { q: 'x'.repeat(255) },
    { q: 'mug', limit: '0' },
    { q: 'mug', sort: 'name' },
  ])('with a query that is not valid: %j', async (query) => {
    const answer = await (await shop()).search(query);
    expect(answer.statusCode).toBe(400);
    expect(bodyOf(answer)).toMatchObject({
      type: 'urn:waybill:problem:invalid-request',
      errors: [{ parameter: expect.any(String) }],
    });
  });

  test('with a cursor of another search, or one that was made up', async () => {
    const { find, search } = await shop([orderOf({}), orderOf({})]);
    const { next } = await find('mug', { limit: '1' });
    const { query } = JSON.parse(Buffer.from(next!, 'base64url').toString()) as { query: string };
    const madeUp = [
      { word: 0, lookup: 1, place: 'other' },
      { word: 0, lookup: 3 },
      { word: 1, lookup: 0 },
      { word: -1, lookup: 0 },
      { lookup: 0 },
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
