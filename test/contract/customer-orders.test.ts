/** Listing a customer's orders: the handler on the view table of DynamoDB Local. */
import { ORDER_TABLES } from '../../functions/orders/adapters/tables.ts';
import '../support/platform/function-environment.ts';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DynamoDbCustomerOrders } from '../../functions/orders/adapters/dynamodb-customer-orders.ts';
import { DynamoDbOrderViews } from '../../functions/orders/adapters/dynamodb-order-views.ts';
import { fold } from '../../functions/orders/domain/evolve.ts';
import { type OrderSummary, summaryOf } from '../../functions/orders/domain/order-summary.ts';
import { type OrderView, viewOf } from '../../functions/orders/domain/order-view.ts';
import type { ExistingOrder } from '../../functions/orders/domain/state.ts';
import { makeHandler } from '../../functions/orders/list-orders.ts';
import type { CustomerId } from '../../functions/shared/kernel/ids.ts';
import { apiEvent, bodyOf, customer, lambdaContext, operator } from '../support/api/invocations.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { created, HAPPY_PATH, line, streamOf } from '../support/orders/streams.ts';

const VIEWS = ownTable('views');
let dynamoDb: TestDynamoDb;
let db: DynamoDBDocumentClient;

const open = viewOf(fold(streamOf([created([line('MUG-BLUE', 2), line('TSHIRT', 1)])])) as ExistingOrder);
const processing = viewOf(fold(streamOf(HAPPY_PATH)) as ExistingOrder);
const idOf = (index: number) => `0190f3a0-0000-7000-8000-${String(index).padStart(12, '0')}`;
/** The customer's order of the given day of January; every fifth is processing, all others are open. */
const orderOf = (customerId: string, day: number): OrderView => ({
  ...(day % 5 === 0 ? processing : open),
  orderId: idOf(day),
  customerId,
  createdAt: `2026-01-${String(day).padStart(2, '0')}T12:00:00.000Z`,
});
const DAYS = Array.from({ length: 31 }, (_, index) => index + 1);
const NEWEST_FIRST = DAYS.map(idOf).reverse();

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  db = DynamoDBDocumentClient.from(dynamoDb.client, { marshallOptions: { removeUndefinedValues: true } });
  await dynamoDb.createTable(VIEWS, ORDER_TABLES.orderView);
  const views = new DynamoDbOrderViews(db, VIEWS);
  for (const day of DAYS) await views.replace(orderOf('C1', day), undefined);
  await views.replace({ ...orderOf('C2', 1), orderId: idOf(99) }, undefined);
});

afterAll(() => dynamoDb?.close());

interface ListAnswer {
  readonly items: readonly (OrderSummary & { readonly links: { readonly self: string } })[];
  readonly next?: string;
}

const answerTo = (
  query: Record<string, string>,
  customerId = 'C1',
  caller: Parameters<typeof apiEvent>[0]['caller'] = customer('C1'),
) =>
  makeHandler({ orders: new DynamoDbCustomerOrders(db, VIEWS) })(
    apiEvent({ path: `/api/v1/orders/customer/${customerId}`, pathParameters: { customerId }, query, caller }),
    lambdaContext(),
  );
const list = async (...request: Parameters<typeof answerTo>) => {
  const answer = await answerTo(...request);
  expect(answer.statusCode).toBe(200);
  return bodyOf(answer) as unknown as ListAnswer;
};
const idsOf = ({ items }: ListAnswer) => items.map(({ orderId }) => orderId);

/** All pages of a query, to the end. */
async function walk(query: Record<string, string>): Promise<string[][]> {
  const pages: string[][] = [];
  let next: string | undefined;
  do {
    const page = await list({ ...query, ...(next === undefined ? {} : { cursor: next }) });
    pages.push(idsOf(page));
    next = page.next;
  } while (next !== undefined && pages.length < 100);
  return pages;
}

describe("A page of a customer's orders", () => {
  test('is the twenty newest, as summaries with a link', async () => {
    const page = await list({});
    expect(idsOf(page)).toEqual(NEWEST_FIRST.slice(0, 20));
    expect(page.items[0]).toEqual({ ...summaryOf(orderOf('C1', 31)), links: { self: `/api/v1/orders/${idOf(31)}` } });
    expect(page.items[0]).toMatchObject({ units: 3, status: 'created' });
  });

  test('links to the next page, until every order was listed once', async () => {
    const pages = await walk({ limit: '7' });
    expect(pages.flat()).toEqual(NEWEST_FIRST);
    expect(pages.map(({ length }) => length)).toEqual([7, 7, 7, 7, 3]);
  });

  test('says that it is the last when it ends with the oldest order', async () => {
    expect(await list({ limit: '31' })).not.toHaveProperty('next');
  });

  test('can be larger or smaller than the one before', async () => {
    const { next } = await list({ limit: '2' });
    expect(idsOf(await list({ limit: '4', cursor: next! }))).toEqual(NEWEST_FIRST.slice(2, 6));
  });

  test('shows only orders in the status that is asked for', async () => {
    const pages = await walk({ status: 'processing', limit: '4' });
    expect(pages).toEqual([[30, 25, 20, 15].map(idOf), [10, 5].map(idOf)]);
  });

  test.each([
    [{ from: '2026-01-29' }, [31, 30, 29]],
    [{ to: '2026-01-02' }, [2, 1]],
    [{ from: '2026-01-10', to: '2026-01-12' }, [12, 11, 10]],
    [{ from: '2026-01-10T12:00:00Z', to: '2026-01-11T12:00:00Z' }, [11, 10]],
    [{ from: '2026-01-10T12:00:00.001Z', to: '2026-01-11T11:59:59.999Z' }, []],
    [{ from: '2026-01-10T20:00:00+08:00', to: '2026-01-10T20:00:00+08:00' }, [10]],
    [{ from: '2026-01-08', to: '2026-01-22', status: 'processing' }, [20, 15, 10]],
  ])('shows only orders of the time that is asked for: %j', async (query, days) => {
    expect((await walk({ ...query, limit: '2' })).flat()).toEqual(days.map(idOf));
  });

  test('is empty for a customer who never ordered', async () => {
    expect(await list({}, 'C-NEW', customer('C-NEW'))).toEqual({
      items: [],
      links: { self: '/api/v1/orders/customer/C-NEW' },
    });
  });

  test('costs a bounded number of reads when few orders have the status, and then links to the next page', async () => {
    let reads = 0;
    const LastEvaluatedKey = { orderId: idOf(1), customerId: 'C1', placed: `2026-01-01T12:00:00.000Z#${idOf(1)}` };
    const endless = {
      send: async () => ((reads += 1), { Items: [], LastEvaluatedKey }),
    } as unknown as DynamoDBDocumentClient;
    const page = await new DynamoDbCustomerOrders(endless, VIEWS).page(
      { customerId: 'C1' as CustomerId, status: 'cancelled' },
      20,
    );
    expect(reads).toBe(10);
    expect(page).toEqual({ items: [], next: { createdAt: '2026-01-01T12:00:00.000Z', orderId: idOf(1) } });
  });
});

describe('The list', () => {
  test('shows operators with orders:read the orders of every customer', async () => {
    expect(idsOf(await list({}, 'C2', operator('orders:read')))).toEqual([idOf(99)]);
  });

  test('shows customers their own orders, and answers for any other customer as if there were none', async () => {
    for (const other of ['C2', 'C-NEW', 'no id', '']) {
      const answer = await answerTo({}, other);
      expect(answer.statusCode).toBe(404);
      expect(bodyOf(answer)).toMatchObject({ type: 'urn:waybill:problem:customer-not-found' });
    }
  });

  test('is refused to operators without the scope', async () => {
    expect((await answerTo({}, 'C1', operator('orders:refund'))).statusCode).toBe(403);
  });
});

describe('A cursor', () => {
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const decoded = (cursor: string) =>
    JSON.parse(Buffer.from(cursor, 'base64url').toString()) as { query: string; position: Record<string, string> };
  const refusal = async (...request: Parameters<typeof answerTo>) => {
    const answer = await answerTo(...request);
    return { status: answer.statusCode, type: bodyOf(answer).type };
  };
  const INVALID = { status: 400, type: 'urn:waybill:problem:invalid-cursor' };

  test.each([
    '',
    'x',
    '%00',
    'bm8',
    encoded(null),
    encoded({}),
    encoded({ query: 'q', position: {} }),
    'A'.repeat(10_000),
  ])('with other text than a cursor is refused: %#', async (cursor) => {
    expect(await refusal({ cursor })).toEqual(INVALID);
  });

  test('of another customer, status or time is refused', async () => {
    const { next } = await list({ limit: '1' });
    expect(await refusal({ cursor: next!, status: 'processing' })).toEqual(INVALID);
    expect(await refusal({ cursor: next!, from: '2026-01-01' })).toEqual(INVALID);
    expect(await refusal({ cursor: next! }, 'C2', operator('orders:read'))).toEqual(INVALID);
  });

  test('with anything in the wrong form, or more in it than belongs there, is refused', async () => {
    const { query, position } = decoded((await list({ limit: '1' })).next!);
    for (const forged of [
      { ...position, customerId: 'C2' },
      { ...position, createdAt: '~' },
      { ...position, orderId: '#' },
      [],
    ]) {
      expect(await refusal({ cursor: encoded({ query, position: forged }) })).toEqual(INVALID);
    }
  });

  test('that points outside its query is refused', async () => {
    const filter = { from: '2026-01-10', to: '2026-01-20', limit: '1' };
    const { query, position } = decoded((await list(filter)).next!);
    for (const createdAt of ['2025-12-31T00:00:00.000Z', '2026-02-01T00:00:00.000Z']) {
      expect(await refusal({ ...filter, cursor: encoded({ query, position: { ...position, createdAt } }) })).toEqual(
        INVALID,
      );
    }
  });

  test('that was forged with a valid position starts there in the customer’s own orders and shows no others', async () => {
    const { query } = decoded((await list({ limit: '1' })).next!);
    const forged = encoded({ query, position: { createdAt: '2026-01-03T00:00:00.000Z', orderId: idOf(99) } });
    expect(idsOf(await list({ cursor: forged }))).toEqual([2, 1].map(idOf));
  });
});

describe('A query', () => {
  test.each([
    { limit: '0' },
    { limit: '101' },
    { limit: '-1' },
    { limit: '1.5' },
    { limit: 'many' },
    { limit: '' },
    { status: 'lost' },
    { from: 'yesterday' },
    { to: '2026-13-01' },
    { from: '2026-01-02', to: '2026-01-01' },
    { from: '9999-12-31T23:59:59-10:00' },
    { to: '0000-01-01T00:00:00+10:00' },
    { page: '2' },
  ])('that is not valid is a 400 that names the parameter: %j', async (query) => {
    const answer = await answerTo(query);
    expect(answer.statusCode).toBe(400);
    const [parameter] = Object.keys(query);
    expect(bodyOf(answer)).toMatchObject({ type: 'urn:waybill:problem:invalid-request', errors: [{ parameter }] });
  });
});
