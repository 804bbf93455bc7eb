/** The lists of orders and their counts on DynamoDB. */
import '../support/platform/function-environment.ts';
import { randomUUID } from 'node:crypto';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DynamoDbListedOrders } from '../../functions/orders/adapters/dynamodb-listed-orders.ts';
import { DynamoDbOrderLists } from '../../functions/orders/adapters/dynamodb-order-lists.ts';
import { DynamoDbOrderViews } from '../../functions/orders/adapters/dynamodb-order-views.ts';
import { DynamoDbSearchIndex } from '../../functions/orders/adapters/dynamodb-search-index.ts';
import { ORDER_TABLES } from '../../functions/orders/adapters/tables.ts';
import { browseOrders } from '../../functions/orders/application/browse-orders.ts';
import { keepLists } from '../../functions/orders/application/keep-lists.ts';
import { listParcels } from '../../functions/orders/application/list-parcels.ts';
import type { PlaceInList, TimesOfOrders } from '../../functions/orders/application/ports.ts';
import { isShownBy, listsOf, nameOfList, type OrderFilter } from '../../functions/orders/domain/lists.ts';
import type { OrderView } from '../../functions/orders/domain/order-view.ts';
import type { OrderId } from '../../functions/shared/kernel/ids.ts';
import { DEFAULT_LOCATION, type LocationId } from '../../functions/shared/kernel/location.ts';
import { money } from '../../functions/shared/kernel/money.ts';
import { shipmentIdOf } from '../../functions/shared/kernel/shipment-id.ts';
import { openDynamoDb, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { NORTH } from '../support/orders/parcels.ts';
import { orderOf } from '../support/orders/searchable-shop.ts';

const ORDERS = 120;
const STATUSES = ['created', 'processing', 'processing', 'delivered', 'held'] as const;

let dynamoDb: TestDynamoDb;
let lists: DynamoDbOrderLists;
let listed: DynamoDbListedOrders;
let views: DynamoDbOrderViews;
let index: DynamoDbSearchIndex;
let orders: readonly OrderView[];

const TIME = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
/** In the first warehouse, and every third order in another one as well. */
const parcelsOf = ({ orderId, items, createdAt }: OrderView): OrderView['shipments'] => {
  const at = { status: 'booked', items, carrier: 'Sim Express' } as const;
  const first = { ...at, shipmentId: shipmentIdOf(orderId as OrderId, 1), location: DEFAULT_LOCATION };
  const isInTwo = new Date(createdAt).getUTCMinutes() % 3 === 0;
  return isInTwo ? [first, { ...at, shipmentId: shipmentIdOf(orderId as OrderId, 2), location: NORTH }] : [first];
};
/** Two orders of each minute, so that places within a moment matter. */
const orderAt = (at: number): OrderView => {
  const view = orderOf({ minute: Math.floor(at / 2), status: STATUSES[at % STATUSES.length]! });
  return {
    ...view,
    total: money(100 * at, 'CNY'),
    ...(at % 40 === 0 ? { parked: true } : {}),
    ...(view.status === 'processing' ? { shipments: parcelsOf(view) } : {}),
    payment: { method: at % 3 === 0 ? 'alipay' : 'card', status: 'pending' },
  };
};
const newestFirst = (one: OrderView, other: OrderView) =>
  one.createdAt === other.createdAt ? (one.orderId < other.orderId ? -1 : 1) : one.createdAt < other.createdAt ? 1 : -1;

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  const db = DynamoDBDocumentClient.from(dynamoDb.client, { marshallOptions: { removeUndefinedValues: true } });
  const id = randomUUID();
  await dynamoDb.createTable(`views-${id}`, ORDER_TABLES.orderView);
  await dynamoDb.createTable(`search-${id}`, ORDER_TABLES.orderSearch);
  views = new DynamoDbOrderViews(db, `views-${id}`);
  index = new DynamoDbSearchIndex(db, `search-${id}`);
  lists = new DynamoDbOrderLists(db, `search-${id}`);
  listed = new DynamoDbListedOrders(db, `search-${id}`, Math.random);
  orders = Array.from({ length: ORDERS }, (_, at) => orderAt(at)).sort(newestFirst);
  for (const order of orders) await views.restore(order);
  await keepLists({ listed, index }, orders);
});

afterAll(() => dynamoDb?.close());

async function walk(filter: OrderFilter, times: TimesOfOrders, limit: number): Promise<string[]> {
  const found: string[] = [];
  let after: PlaceInList | undefined;
  do {
    const page = await browseOrders({ lists, views }, filter, times, limit, after);
    expect(page.items.length).toBeLessThanOrEqual(limit);
    found.push(...page.items.map(({ orderId }) => orderId));
    after = page.next;
  } while (after !== undefined);
  return found;
}

async function walkParcels(location: LocationId | undefined, limit: number): Promise<string[]> {
  const found: string[] = [];
  let after: PlaceInList | undefined;
  do {
    const page = await listParcels({ lists, views }, location, limit, after);
    // Those of one order are together.
    expect(page.items.length).toBeLessThanOrEqual(limit + 1);
    found.push(...page.items.map(({ shipmentId }) => shipmentId));
    after = page.next;
  } while (after !== undefined);
  return found;
}

test.each([undefined, DEFAULT_LOCATION, NORTH, 'nowhere' as LocationId])(
  'The parcels to pack at %s come with those of the oldest order first, each once, by pages of any size',
  async (location) => {
    const expected = orders
      .toReversed()
      .flatMap(({ shipments }) => shipments)
      .filter((parcel) => location === undefined || parcel.location === location)
      .map(({ shipmentId }) => shipmentId);
    for (const limit of [1, 7, 50, 100]) expect(await walkParcels(location, limit)).toEqual(expected);
  },
);

describe('All orders', () => {
  test.each<[OrderFilter, TimesOfOrders]>([
    [{}, {}],
    [{ status: 'processing' }, {}],
    [{ status: 'delivered', paymentMethod: 'alipay' }, {}],
    [{ parked: true }, {}],
    [{ status: 'refunded' }, {}],
    [{ currency: 'CNY', minTotal: 1_000, maxTotal: 5_000 }, {}],
    [{}, { from: TIME(10), to: TIME(20) }],
    [{ paymentMethod: 'card' }, { from: TIME(30) }],
    [{ paymentMethod: 'card' }, { to: TIME(30) }],
    [{}, { from: '2027-01-01T00:00:00.000Z' }],
  ])('of %j within %j come newest first, each once, by pages of any size', async (filter, { from = '', to = '~' }) => {
    const expected = orders
      .filter((order) => isShownBy(filter, order) && order.createdAt >= from && order.createdAt <= to)
      .map(({ orderId }) => orderId);
    const times = { ...(from === '' ? {} : { from }), ...(to === '~' ? {} : { to }) };
    for (const limit of [1, 7, 50, 100]) expect(await walk(filter, times, limit)).toEqual(expected);
  });

  test('are counted once on each of their lists', async () => {
    const expected = new Map<string, number>();
    for (const name of orders.flatMap((order) => listsOf(order).map(nameOfList))) {
      expected.set(name, (expected.get(name) ?? 0) + 1);
    }
    expect(await lists.counts()).toEqual(expected);
    await keepLists({ listed, index }, orders);
    expect(await lists.counts()).toEqual(expected);
  });

  test('that a release with other lists has listed are counted on the new ones once, though many list them at once', async () => {
    const [order] = orders;
    const from = (await listed.find([order!.orderId], 'strong')).get(order!.orderId)!;
    const expected = await lists.counts();
    expect(await listed.record([{ view: order!, from, to: from.lists.slice(1) }])).toEqual([]);
    expect((await lists.counts()).get('all=orders')).toBe(ORDERS - 1);
    await Promise.all([1, 2, 3].map(() => keepLists({ listed, index }, [order!])));
    expect(await lists.counts()).toEqual(expected);
  });

  test('leave a list, and its count, when they change, and two that list them at once count them once', async () => {
    const [order] = orders.filter(({ status }) => status === 'held');
    const before = await lists.counts();
    const approved: OrderView = { ...order!, status: 'created', version: 2 };
    await views.restore(approved);
    await Promise.all([1, 2, 3].map(() => keepLists({ listed, index }, [approved])));
    const after = await lists.counts();
    const of = (counts: typeof after) => ['held', 'created'].map((status) => counts.get(`status=${status}`));
    const [held, created] = of(before);
    expect(of(after)).toEqual([held! - 1, created! + 1]);
    expect(await walk({ status: 'held' }, {}, 50)).not.toContain(order!.orderId);
    expect(await walk({ status: 'created' }, {}, 50)).toContain(order!.orderId);
    await keepLists({ listed, index }, [order!]);
    expect(await lists.counts()).toEqual(after);
  });
});
