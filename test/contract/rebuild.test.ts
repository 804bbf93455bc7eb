/** Rebuilding the read model from the log, on DynamoDB Local, while it is read and written. */
import { ORDER_TABLES } from '../../functions/orders/adapters/tables.ts';
import '../support/platform/function-environment.ts';
import { randomUUID } from 'node:crypto';
import { DeleteCommand, DynamoDBDocumentClient, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DynamoDbCustomerOrders } from '../../functions/orders/adapters/dynamodb-customer-orders.ts';
import { DynamoDbListedOrders } from '../../functions/orders/adapters/dynamodb-listed-orders.ts';
import { DynamoDbOrderLists } from '../../functions/orders/adapters/dynamodb-order-lists.ts';
import { DynamoDbOrderViews } from '../../functions/orders/adapters/dynamodb-order-views.ts';
import { DynamoDbProjectionStates } from '../../functions/orders/adapters/dynamodb-projection-states.ts';
import { DynamoDbSearchIndex } from '../../functions/orders/adapters/dynamodb-search-index.ts';
import { isEntry } from '../../functions/orders/adapters/search-rows.ts';
import { findOrders } from '../../functions/orders/application/find-orders.ts';
import { projectOrder } from '../../functions/orders/application/project-order.ts';
import {
  type RebuildDeps,
  rebuildSearch,
  rebuildViews,
  sweepIndex,
} from '../../functions/orders/application/rebuild.ts';
import { fold } from '../../functions/orders/domain/evolve.ts';
import { listsOf, nameOfList } from '../../functions/orders/domain/lists.ts';
import { type OrderView, viewOf } from '../../functions/orders/domain/order-view.ts';
import { termsOf } from '../../functions/orders/domain/search/terms.ts';
import type { ExistingOrder } from '../../functions/orders/domain/state.ts';
import { type OrderId, parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { openDynamoDb, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { InMemoryOrderLog } from '../support/fakes/in-memory-order-log.ts';
import { CUSTOMER_ID, HAPPY_PATH, newEvent } from '../support/orders/streams.ts';
import { uncontested } from '../support/orders/uncontested-view.ts';

const ORDERS = 150;

let dynamoDb: TestDynamoDb;
let db: DynamoDBDocumentClient;
let log: InMemoryOrderLog;
let views: DynamoDbOrderViews;
let index: DynamoDbSearchIndex;
let deps: RebuildDeps;
let names: { views: string; search: string };
let ids: OrderId[];

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  db = DynamoDBDocumentClient.from(dynamoDb.client, { marshallOptions: { removeUndefinedValues: true } });
});

afterAll(() => dynamoDb?.close());

/** Orders in every status, none of them projected yet. */
beforeEach(async () => {
  const id = randomUUID();
  names = { views: `views-${id}`, search: `search-${id}` };
  await dynamoDb.createTable(names.views, ORDER_TABLES.orderView);
  await dynamoDb.createTable(names.search, ORDER_TABLES.orderSearch);
  log = new InMemoryOrderLog();
  views = new DynamoDbOrderViews(db, names.views);
  index = new DynamoDbSearchIndex(db, names.search);
  deps = { streams: log, views, index, listed: new DynamoDbListedOrders(db, names.search, Math.random) };
  ids = Array.from({ length: ORDERS }, () => parseOrderId(randomUUID())).sort();
  for (const [at, orderId] of ids.entries()) {
    await log.append(
      orderId,
      0,
      HAPPY_PATH.slice(0, 1 + (at % 6)).map((event, second) => newEvent(event, second, orderId)),
    );
  }
});

const folded = async (orderId: OrderId): Promise<OrderView> => viewOf(fold(await log.read(orderId)) as ExistingOrder);
const stored = async () => {
  const pages = await Promise.all([ids.slice(0, 100), ids.slice(100)].map((some) => views.findMany(some)));
  return Object.fromEntries(pages.flatMap((page) => [...page]));
};
const asTheLogSays = async () =>
  Object.fromEntries(await Promise.all(ids.map(async (orderId) => [orderId, await folded(orderId)] as const)));
const drain = async <Item>(steps: AsyncIterable<Item>): Promise<Item[]> => {
  const all: Item[] = [];
  for await (const step of steps) all.push(step);
  return all;
};

describe('Rebuilding the views', () => {
  test('makes every view what the log says, whether it was missing, wrong or old', async () => {
    for (const orderId of ids) await projectOrder({ views, index }, uncontested(await folded(orderId)));
    for (const orderId of ids.slice(0, 20)) {
      await db.send(new DeleteCommand({ TableName: names.views, Key: { orderId } }));
    }
    for (const orderId of ids.slice(20, 40)) {
      await db.send(
        new UpdateCommand({
          TableName: names.views,
          Key: { orderId },
          UpdateExpression: 'SET #status = :lost',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':lost': 'lost' },
        }),
      );
    }
    for (const orderId of ids.slice(40, 60)) {
      await db.send(
        new UpdateCommand({
          TableName: names.views,
          Key: { orderId },
          UpdateExpression: 'SET #version = :zero',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':zero': 0 },
        }),
      );
    }
    const steps = await drain(rebuildViews(deps));
    expect(await stored()).toEqual(await asTheLogSays());
    expect(steps.reduce((sum, { streams }) => sum + streams, 0)).toBe(ORDERS);
    expect(steps.reduce((sum, { events }) => sum + events, 0)).toBe(ids.reduce((sum, _, at) => sum + 1 + (at % 6), 0));
  });

  test('replaces no view that was projected in between, and never shows a reader less than before', async () => {
    for (const orderId of ids) await projectOrder({ views, index }, uncontested(await folded(orderId)));
    const before = await stored();
    const seen: OrderView[] = [];
    const change = async (orderId: OrderId, at: number) => {
      const next = HAPPY_PATH[1 + (at % 6)];
      if (next) await log.append(orderId, 1 + (at % 6), [newEvent(next, 9, orderId)]);
      await projectOrder({ views, index }, uncontested(await folded(orderId)));
      seen.push((await views.current(orderId))!);
    };
    await Promise.all([drain(rebuildViews(deps)), ...ids.slice(0, 60).map(change)]);
    expect(await stored()).toEqual(await asTheLogSays());
    for (const view of seen) expect(view.version).toBeGreaterThanOrEqual(before[view.orderId]!.version);
  });

  test("brings the customers' lists back with them", async () => {
    await drain(rebuildViews(deps));
    const { items } = await new DynamoDbCustomerOrders(db, names.views).page({ customerId: CUSTOMER_ID }, 100);
    expect(items).toHaveLength(100);
  });

  test('continues where it was interrupted', async () => {
    const [first] = await (async () => {
      for await (const step of rebuildViews(deps)) return [step];
      return [];
    })();
    expect(Object.keys(await stored())).toHaveLength(first!.streams);
    const rest = await drain(rebuildViews(deps, first!.after));
    expect(first!.streams + rest.reduce((sum, { streams }) => sum + streams, 0)).toBe(ORDERS);
    expect(await stored()).toEqual(await asTheLogSays());
  });
});

describe('Rebuilding the search', () => {
  const entries = async () =>
    ((await db.send(new ScanCommand({ TableName: names.search, ConsistentRead: true }))).Items ?? []).filter((item) =>
      isEntry(item.bucket as string),
    );

  test('makes every order found by all its terms again, and removes entries that match no view', async () => {
    await drain(rebuildViews(deps));
    const [first] = ids;
    await index.add(await folded(first!), [{ kind: 'sku', text: 'never-ordered' }]);
    await drain(rebuildSearch(deps));
    const swept = await drain(sweepIndex(deps));
    const expected = (await Promise.all(ids.map(folded))).reduce(
      (sum, view) => sum + termsOf(view).length + listsOf(view).length,
      0,
    );
    expect(await entries()).toHaveLength(expected);
    expect(swept.reduce((sum, { removed }) => sum + removed, 0)).toBe(1);
    expect(swept.reduce((sum, page) => sum + page.entries, 0)).toBe(expected + 1);
    const { items } = await findOrders(
      { index, views },
      [{ text: first!.slice(0, 8), parts: [], joined: '', kinds: ['order'] }],
      20,
    );
    expect(items.map(({ orderId }) => orderId)).toContain(first);
  });

  test('lists and counts orders that nobody has listed, and counts none twice', async () => {
    await drain(rebuildViews(deps));
    const counts = await new DynamoDbOrderLists(db, names.search).counts();
    const expected = new Map<string, number>();
    for (const name of (await Promise.all(ids.map(folded))).flatMap((view) => listsOf(view).map(nameOfList))) {
      expected.set(name, (expected.get(name) ?? 0) + 1);
    }
    expect(counts).toEqual(expected);
    await drain(rebuildViews(deps));
    expect(await new DynamoDbOrderLists(db, names.search).counts()).toEqual(expected);
  });

  test('leaves an entry alone while the write of its view is on its way', async () => {
    await drain(rebuildViews(deps));
    const view = await folded(ids[0]!);
    await index.add({ ...view, version: view.version + 1 }, [{ kind: 'sku', text: 'newly-ordered' }]);
    await drain(sweepIndex(deps));
    expect((await index.find({ kind: 'sku', text: 'newly-ordered' }, 1)).entries).toHaveLength(1);
  });
});

describe('The states of projections', () => {
  test('hold progress and rebuild side by side, each written on its own', async () => {
    const table = `projections-${randomUUID()}`;
    await dynamoDb.createTable(table, ORDER_TABLES.projections);
    const states = new DynamoDbProjectionStates(db, table);
    expect(await states.find('order-view')).toEqual({});
    const progress = { lastEventAt: 'a', projectedAt: 'b', lagMs: 3 };
    const rebuild = { status: 'running', startedAt: 'a', updatedAt: 'b', orders: 1, events: 6, after: ids[0] } as const;
    await states.noteRebuild('order-view', rebuild);
    await states.noteProgress('order-view', progress);
    expect(await states.find('order-view')).toEqual({ progress, rebuild });
    expect(await states.find('order-search')).toEqual({});
  });
});
