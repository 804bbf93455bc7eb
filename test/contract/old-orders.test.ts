/** Personal data is kept for as long as the stage says, and no longer. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eraseOldOrders } from '../../functions/orders/application/erase-old-orders.ts';
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
  let after: OrderId | undefined;
  const pass = (keptDays: number) =>
    eraseOldOrders(
      {
        ...store.deps,
        old: store.old,
        now: () => time,
        monitor: { failed: () => {} },
        cursor: { find: async () => after, save: async (next) => void (after = next) },
        keptDays,
      },
      time + 20_000,
    );

  test('is erased once it was kept for long enough, of orders of everybody that are over, and these are not read again', async () => {
    const before = await everything();
    time = START + 29 * DAY;
    expect(await pass(30)).toEqual({ erased: 0 });
    expect(await everything()).toEqual(before);
    time = START + 31 * DAY;
    expect(await pass(30)).toEqual({ erased: 3 });
    for (const orderId of [DELIVERED, CANCELLED, OF_BOB]) {
      expect((await about(orderId)).filter((item) => /Ann|Bob|example\.com|tok_of|thanks/.test(item))).toEqual([]);
    }
    expect((await about(UNDER_WAY)).filter((item) => OF_ANN.test(item))).not.toEqual([]);
    expect(await pass(30)).toEqual({ erased: 0 });
    const iso = new Date(time).toISOString();
    expect((await store.old.page(iso)).orders.map(({ orderId }) => orderId)).toEqual([UNDER_WAY]);
    expect(await store.deps.views.current(DELIVERED)).toEqual(await store.viewNow(DELIVERED));
  });

  test('is erased again when something is added to an order that was', async () => {
    time = START + 31 * DAY;
    await pass(30);
    await pass(30);
    const data = { returnId: 'r', lines: [], comment: 'torn, says Ann' };
    const withdrawn: OrderEvent = { type: 'ReturnWithdrawn', data: { ...data, customerId: ANN } };
    await store.record(DELIVERED, recorded(DELIVERED, [{ type: 'ReturnRequested', data }, withdrawn]));
    expect((await about(DELIVERED)).filter((item) => item.includes('says Ann'))).not.toEqual([]);
    expect(await pass(30)).toEqual({ erased: 1 });
    expect((await about(DELIVERED)).filter((item) => item.includes('says Ann'))).toEqual([]);
  });
});
