/** Personal data is kept for as long as the stage says, and no longer. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eraseOldOrders } from '../../functions/orders/application/erase-old-orders.ts';
import type { OldOrder } from '../../functions/orders/application/erasure-ports.ts';
import type { OrderEvent } from '../../functions/published/order-events.ts';
import type { OrderId } from '../../functions/shared/kernel/ids.ts';
import { openDynamoDb, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import {
  ANN,
  CANCELLED,
  DELIVERED,
  fillWithPersons,
  OF_ANN,
  OF_BOB,
  recorded,
  UNDER_WAY,
} from '../support/orders/persons.ts';
import { type PersonsStore, storedPersons } from '../support/orders/stored-persons.ts';
import { START } from '../support/orders/streams.ts';

let dynamoDb: TestDynamoDb;
let store: PersonsStore;
let time: number;

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
});
afterAll(() => dynamoDb?.close());
beforeEach(async () => {
  store = await storedPersons(dynamoDb);
  await fillWithPersons(store);
});

const everything = () => store.items(...store.kinds);
const about = async (orderId: OrderId) => (await everything()).filter((item) => item.includes(orderId));

describe('Personal data that nobody asks to erase', () => {
  const DAY = 86_400_000;
  const HOUR = 3_600_000;
  let overdue: number[];
  beforeEach(() => {
    overdue = [];
  });
  const pass = (keptDays: number) =>
    eraseOldOrders(
      {
        ...store.deps,
        old: store.old,
        now: () => time,
        pause: async () => {},
        monitor: { failed: () => {}, overdue: (_, ms) => overdue.push(ms / DAY) },
        keptDays,
      },
      time + 20_000,
    );

  const due = async () => {
    const orders: OldOrder[] = [];
    for await (const page of store.old.pages(new Date(time - 30 * DAY).toISOString())) orders.push(...page);
    return orders;
  };

  test('is erased once it was kept for long enough, of orders of everybody that are over, and these are not read again', async () => {
    const before = await everything();
    time = START + 29 * DAY;
    expect(await pass(30)).toEqual({ erased: 0 });
    expect(await everything()).toEqual(before);
    time = START + 31 * DAY;
    expect(await pass(30)).toEqual({ erased: 3 });
    expect(overdue).toEqual([0, expect.closeTo(1, 1)]);
    for (const orderId of [DELIVERED, CANCELLED, OF_BOB]) {
      expect((await about(orderId)).filter((item) => /Ann|Bob|example\.com|tok_of|thanks/.test(item))).toEqual([]);
    }
    expect((await about(UNDER_WAY)).filter((item) => OF_ANN.test(item))).not.toEqual([]);
    expect((await due()).map(({ orderId }) => orderId)).toEqual([]);
    time += HOUR;
    expect((await due()).map(({ orderId }) => orderId).sort()).toEqual([DELIVERED, OF_BOB, CANCELLED]);
    expect(await pass(30)).toEqual({ erased: 0 });
    time += 365 * DAY;
    expect(await due()).toEqual([]);
    expect(await store.deps.views.current(DELIVERED)).toEqual(await store.viewNow(DELIVERED));
  });

  test('is erased again when something is added to an order that was', async () => {
    time = START + 31 * DAY;
    await pass(30);
    time += HOUR;
    await pass(30);
    expect(await due()).toEqual([]);
    const data = { returnId: 'r', lines: [], comment: 'torn, says Ann' };
    const withdrawn: OrderEvent = { type: 'ReturnWithdrawn', data: { ...data, customerId: ANN } };
    await store.record(DELIVERED, recorded(DELIVERED, [{ type: 'ReturnRequested', data }, withdrawn]));
    expect((await about(DELIVERED)).filter((item) => item.includes('says Ann'))).not.toEqual([]);
    expect(await pass(30)).toEqual({ erased: 1 });
    expect((await about(DELIVERED)).filter((item) => item.includes('says Ann'))).toEqual([]);
  });

  test('of an order of which something is open is kept, looked at again a day later, and not overdue meanwhile', async () => {
    const data = { returnId: 'r', lines: [], comment: 'torn, says Ann' };
    await store.record(DELIVERED, recorded(DELIVERED, [{ type: 'ReturnRequested', data }]));
    time = START + 31 * DAY;
    expect(await pass(30)).toEqual({ erased: 2 });
    time += HOUR;
    await pass(30);
    overdue = [];
    time += HOUR;
    await pass(30);
    expect(overdue).toEqual([0]);
    expect((await about(DELIVERED)).filter((item) => item.includes('says Ann'))).not.toEqual([]);
    time += DAY;
    expect((await due()).map(({ orderId }) => orderId)).toEqual([DELIVERED]);
    await store.record(
      DELIVERED,
      recorded(DELIVERED, [{ type: 'ReturnWithdrawn', data: { ...data, customerId: ANN } }]),
    );
    time += 31 * DAY;
    expect(await pass(30)).toEqual({ erased: 1 });
  });
});
