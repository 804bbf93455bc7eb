import '../platform/function-environment.ts';
import { randomUUID } from 'node:crypto';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import { DynamoDbOrderViews } from '../../../functions/orders/adapters/dynamodb-order-views.ts';
import { DynamoDbSearchIndex } from '../../../functions/orders/adapters/dynamodb-search-index.ts';
import { ORDER_TABLES } from '../../../functions/orders/adapters/tables.ts';
import type { FoundOrder } from '../../../functions/orders/application/find-orders.ts';
import { projectOrder } from '../../../functions/orders/application/project-order.ts';
import { fold } from '../../../functions/orders/domain/evolve.ts';
import { type OrderView, viewOf } from '../../../functions/orders/domain/order-view.ts';
import type { ExistingOrder } from '../../../functions/orders/domain/state.ts';
import { makeHandler } from '../../../functions/orders/search-orders.ts';
import { money } from '../../../functions/shared/kernel/money.ts';
import { apiEvent, bodyOf, lambdaContext, operator } from '../api/invocations.ts';
import type { TestDynamoDb } from '../dynamodb/dynamodb.ts';
import { created, line, streamOf } from './streams.ts';
import { uncontested } from './uncontested-view.ts';

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

/** A view of an order, as far as a search sees it. */
export const orderOf = ({
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

/** Tables of its own with these orders projected, and the handler that searches them. */
export async function searchableShop(dynamoDb: TestDynamoDb, orders: readonly OrderView[] = []) {
  const id = randomUUID();
  const db = DynamoDBDocumentClient.from(dynamoDb.client, { marshallOptions: { removeUndefinedValues: true } });
  await dynamoDb.createTable(`views-${id}`, ORDER_TABLES.orderView);
  await dynamoDb.createTable(`search-${id}`, ORDER_TABLES.orderSearch);
  const views = new DynamoDbOrderViews(db, `views-${id}`);
  const index = new DynamoDbSearchIndex(db, `search-${id}`);
  for (const order of orders) await projectOrder({ views, index }, uncontested(order));
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
  return { db, views, index, search, find, walk, entries, searchTable: `search-${id}` };
}

export const idsOf = ({ items }: { items: readonly FoundOrder[] }) => items.map(({ orderId }) => orderId);
