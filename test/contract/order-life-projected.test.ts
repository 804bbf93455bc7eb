/** The read model along the whole life of orders: view, list and search after every single event, on DynamoDB Local. */
import { ORDER_TABLES } from '../../functions/orders/adapters/tables.ts';
import '../support/platform/function-environment.ts';
import { randomUUID } from 'node:crypto';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DynamoDbCustomerOrders } from '../../functions/orders/adapters/dynamodb-customer-orders.ts';
import { DynamoDbOrderViews } from '../../functions/orders/adapters/dynamodb-order-views.ts';
import { DynamoDbSearchIndex } from '../../functions/orders/adapters/dynamodb-search-index.ts';
import { findOrders } from '../../functions/orders/application/find-orders.ts';
import { projectOrder } from '../../functions/orders/application/project-order.ts';
import { fold } from '../../functions/orders/domain/evolve.ts';
import { type OrderView, viewOf } from '../../functions/orders/domain/order-view.ts';
import { wordsOf } from '../../functions/orders/domain/search/words.ts';
import type { ExistingOrder } from '../../functions/orders/domain/state.ts';
import { ORDER_STATUSES, type OrderEvent } from '../../functions/published/order-events.ts';
import type { Sku } from '../../functions/shared/kernel/ids.ts';
import { money } from '../../functions/shared/kernel/money.ts';
import { openDynamoDb, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import {
  CHANGE_ID,
  CUSTOMER_ID,
  created,
  EVENTS,
  line,
  ORDER_ID,
  priced,
  streamOf,
} from '../support/orders/streams.ts';
import { uncontested } from '../support/orders/uncontested-view.ts';

const cny = (amount: number) => money(amount, 'CNY');
const MUG = { sku: 'MUG-BLUE' as Sku, quantity: 1 };
const [REFUND_1, REFUND_2, RETURN] = ['refund-1', 'refund-2', 'return-1'];
const DISCOUNT = { code: 'TEN-PERCENT', name: 'A tenth off', amount: cny(900) };
const discounted = {
  lines: [{ ...line('MUG-BLUE', 2), discount: cny(900), net: cny(8_100) }],
  subtotal: cny(9_000),
  discounts: [DISCOUNT],
  total: cny(8_100),
};
const held: OrderEvent = {
  ...created([line('TSHIRT', 1)]),
  data: { ...created([line('TSHIRT', 1)]).data, review: 'required' },
};
const taken = { paymentId: 'pay-1', amount: discounted.total };

/** Review, changed items, returned goods, and a refund that succeeds at the second attempt. */
const RETURNED: readonly OrderEvent[] = [
  held,
  { type: 'OrderApproved', data: {} },
  { type: 'ItemsChangeRequested', data: { changeId: CHANGE_ID, ...discounted } },
  { type: 'ItemsChanged', data: { changeId: CHANGE_ID, ...discounted } },
  EVENTS.reserved,
  { type: 'PaymentAuthorised', data: taken },
  EVENTS.arranged,
  { type: 'PaymentCaptured', data: taken },
  EVENTS.confirmed,
  { type: 'OrderShipped', data: {} },
  { type: 'OrderDelivered', data: {} },
  { type: 'ReturnRequested', data: { returnId: RETURN, lines: [MUG], reason: 'defective', comment: 'It broke.' } },
  { type: 'RefundRequested', data: { refundId: REFUND_1, amount: cny(4_050), lines: [MUG], returnId: RETURN } },
  { type: 'RefundFailed', data: { refundId: REFUND_1, reason: 'account_closed' } },
  { type: 'ReturnReceived', data: { returnId: RETURN, accepted: [MUG], rejected: [] } },
  { type: 'RefundRequested', data: { refundId: REFUND_2, amount: cny(8_100), lines: [] } },
  { type: 'PaymentRefunded', data: { ...taken, refundId: REFUND_2 } },
];

const LIVES: Readonly<Record<string, readonly OrderEvent[]>> = {
  'is returned and refunded': RETURNED,
  'becomes dearer when its money is held': [
    created([line('TSHIRT', 1)]),
    EVENTS.reserved,
    EVENTS.authorised,
    { type: 'ItemsChangeRequested', data: { changeId: CHANGE_ID, ...priced([line('LAMP', 9)]) } },
    { type: 'ItemsChanged', data: { changeId: CHANGE_ID, ...priced([line('LAMP', 9)]) } },
  ],
  'waits for goods': [created(), EVENTS.backordered, EVENTS.reserved, EVENTS.authorised],
  'cannot be paid': [created(), EVENTS.reserved, EVENTS.declined, EVENTS.released, EVENTS.cancelled],
  'is cancelled, and not all of it can be undone': [
    created(),
    EVENTS.reserved,
    EVENTS.authorised,
    { type: 'CancellationRequested', data: { reason: 'customer_request', from: 'payment_completed' } },
    EVENTS.parked,
    EVENTS.released,
    { type: 'OrderCancelled', data: { customerId: CUSTOMER_ID, reason: 'customer_request', parked: ['VoidPayment'] } },
  ],
};
/** The order after each of its events. */
const viewsAlong = (life: readonly OrderEvent[]): OrderView[] =>
  life.map((_, index) => viewOf(fold(streamOf(life.slice(0, index + 1))) as ExistingOrder));

let dynamoDb: TestDynamoDb;
let db: DynamoDBDocumentClient;
let views: DynamoDbOrderViews;
let index: DynamoDbSearchIndex;
let orders: DynamoDbCustomerOrders;

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  db = DynamoDBDocumentClient.from(dynamoDb.client, { marshallOptions: { removeUndefinedValues: true } });
});
afterAll(() => dynamoDb?.close());

beforeEach(async () => {
  const id = randomUUID();
  await dynamoDb.createTable(`views-${id}`, ORDER_TABLES.orderView);
  await dynamoDb.createTable(`search-${id}`, ORDER_TABLES.orderSearch);
  views = new DynamoDbOrderViews(db, `views-${id}`);
  index = new DynamoDbSearchIndex(db, `search-${id}`);
  orders = new DynamoDbCustomerOrders(db, `views-${id}`);
});

const listedUnder = async () => {
  const lists = await Promise.all(ORDER_STATUSES.map((status) => orders.page({ customerId: CUSTOMER_ID, status }, 10)));
  return lists.flatMap(({ items }, at) => items.map((item) => ({ filter: ORDER_STATUSES[at], ...item })));
};
const isFoundBy = async (query: string): Promise<boolean> => {
  const words = wordsOf(query);
  if (!words.ok) throw new Error(words.refusal);
  return (await findOrders({ index, views }, words.value, 10)).items.length > 0;
};

describe.each(Object.entries(LIVES))('An order that %s', (_, life) => {
  test('is after each event stored as the log has it, listed under its status only, and found by its current terms', async () => {
    for (const view of viewsAlong(life)) {
      await projectOrder({ views, index }, uncontested(view));
      expect(await views.current(ORDER_ID)).toEqual(view);
      const { status, version, total, parked } = view;
      expect(await listedUnder()).toMatchObject([
        { filter: status, orderId: ORDER_ID, status, version, total, parked },
      ]);
      expect({ version, held: await isFoundBy('status:held') }).toEqual({ version, held: status === 'held' });
      for (const sku of ['MUG-BLUE', 'TSHIRT', 'LAMP']) {
        expect({ version, sku, found: await isFoundBy(sku) }).toEqual({
          version,
          sku,
          found: view.items.some((item) => item.sku === sku),
        });
      }
    }
  });
});

test('Together, these orders go through every status', () => {
  const seen = new Set(
    Object.values(LIVES)
      .flatMap(viewsAlong)
      .map(({ status }) => status),
  );
  expect([...seen].sort()).toEqual([...ORDER_STATUSES].sort());
});

describe('The stored view of a returned order', () => {
  test('shows discounts, parcel, returns, refunds that failed and refunds that did not', async () => {
    for (const view of viewsAlong(RETURNED)) await projectOrder({ views, index }, uncontested(view));
    expect(await views.current(ORDER_ID)).toMatchObject({
      status: 'refunded',
      items: [{ sku: 'MUG-BLUE', quantity: 2, lineTotal: cny(9_000), discount: cny(900), net: cny(8_100) }],
      subtotal: cny(9_000),
      discounts: [DISCOUNT],
      total: cny(8_100),
      payment: { status: 'refunded', refunded: cny(8_100) },
      shipment: { status: 'arranged', carrier: 'Sim Express', trackingNumber: 'TRK-1' },
      returns: [{ returnId: RETURN, status: 'received', lines: [MUG], accepted: [MUG], rejected: [], withdrawn: [] }],
      refunds: [
        { refundId: REFUND_1, status: 'failed', amount: cny(4_050), lines: [MUG] },
        { refundId: REFUND_2, status: 'refunded', amount: cny(8_100), lines: [] },
      ],
    });
  });

  test('does not keep comments', async () => {
    for (const view of viewsAlong(RETURNED)) await projectOrder({ views, index }, uncontested(view));
    expect(JSON.stringify(await views.current(ORDER_ID))).not.toContain('It broke.');
  });
});
