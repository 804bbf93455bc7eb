/** A person is taken out of everything that is stored of their orders, whatever comes in between, and nobody else is touched. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AdvanceErasuresDeps, advanceErasures } from '../../functions/orders/application/advance-erasures.ts';
import { eraseOrder, PROJECTIONS_END_MS } from '../../functions/orders/application/erase-order.ts';
import type { Erasure } from '../../functions/orders/application/erasure-ports.ts';
import { projectOrder } from '../../functions/orders/application/project-order.ts';
import { erasureProgress, requestErasure } from '../../functions/orders/application/request-erasure.ts';
import { termsOf } from '../../functions/orders/domain/search/terms.ts';
import { ERASED } from '../../functions/shared/kernel/erased.ts';
import type { CustomerId, OrderId } from '../../functions/shared/kernel/ids.ts';
import { openDynamoDb, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import {
  ANN,
  CANCELLED,
  DELIVERED,
  delivered,
  fillWithPersons,
  OF_ANN,
  OF_BOB,
  recorded,
  shipped,
  UNDER_WAY,
} from '../support/orders/persons.ts';
import { type PersonsStore, storedPersons } from '../support/orders/stored-persons.ts';
import { START } from '../support/orders/streams.ts';
import { uncontested } from '../support/orders/uncontested-view.ts';

const OTHER = 'C-without-orders' as CustomerId;

let dynamoDb: TestDynamoDb;
let store: PersonsStore;
let deps: AdvanceErasuresDeps;
let time: number;
let failed: OrderId[];
/** In minutes. */
let overdue: [by: string, minutes: number][];

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
});
afterAll(() => dynamoDb?.close());

beforeEach(async () => {
  store = await storedPersons(dynamoDb);
  [time, failed] = [START + 3_600_000, []];
  overdue = [];
  deps = {
    ...store.deps,
    now: () => time,
    pause: async () => {},
    monitor: { failed: (orderId) => failed.push(orderId), overdue: (by, ms) => overdue.push([by, ms / 60_000]) },
  };
  await fillWithPersons(store);
});

const everything = () => store.items(...store.kinds);
const about = async (orderId: OrderId) => (await everything()).filter((item) => item.includes(orderId));
const run = (minutes: number, more: Partial<AdvanceErasuresDeps> = {}) => {
  time += minutes * 60_000;
  return advanceErasures({ ...deps, ...more }, time + 45_000);
};
const personalTerms = async () =>
  (await store.items('orderSearch')).filter((item) => item.includes(DELIVERED) && /ann/i.test(item));
async function asked(erasureId = 'e-1', customerId = ANN): Promise<Erasure> {
  const requestedBy = { type: 'operator', id: 'O-1' } as const;
  const done = await requestErasure(deps, { erasureId, customerId, reason: 'customer_request', requestedBy });
  if (!done.ok) throw new Error(done.refusal);
  return done.value.erasure;
}
const states = async () =>
  Object.fromEntries(
    (await erasureProgress(deps, ANN, 'e-1'))!.orders.map((order) => [
      order.orderId,
      order.state === 'waiting' ? order.why : order.state,
    ]),
  );

describe('An erasure', () => {
  test('takes the person out of all orders at rest and tells which ones wait, and goes on with these when they have ended', async () => {
    const [bob, underWay] = [await about(OF_BOB), await about(UNDER_WAY)];
    expect((await about(DELIVERED)).some((item) => OF_ANN.test(item))).toBe(true);
    await asked();
    expect(await run(1)).toEqual({ looked: 1, done: 0 });
    for (const orderId of [DELIVERED, CANCELLED]) {
      expect((await about(orderId)).filter((item) => OF_ANN.test(item))).toEqual([]);
      expect((await about(orderId)).filter((item) => item.includes('hash-'))).toEqual([]);
    }
    expect(await states()).toEqual({ [DELIVERED]: 'erased', [CANCELLED]: 'erased', [UNDER_WAY]: 'order_under_way' });
    expect(await about(OF_BOB)).toEqual(bob);
    expect((await about(UNDER_WAY)).filter((item) => !item.includes('order#e-1'))).toEqual(underWay);
    await run(20);
    expect(await states()).toMatchObject({ [DELIVERED]: 'confirmed', [CANCELLED]: 'confirmed' });

    await store.record(UNDER_WAY, recorded(UNDER_WAY, [shipped, delivered]));
    await run(61);
    expect(await run(2)).toEqual({ looked: 1, done: 1 });
    expect((await everything()).filter((item) => OF_ANN.test(item))).toEqual([]);
    expect(await about(OF_BOB)).toEqual(bob);
    expect((await store.deps.erasures.find(ANN, 'e-1'))!.status).toBe('done');
    expect(await run(600)).toEqual({ looked: 0, done: 0 });
  });

  test('leaves what the log, the views and the search say of everything else as it was', async () => {
    const before = await store.viewNow(DELIVERED);
    await asked();
    await run(1);
    const { country } = before.shippingAddress;
    expect(await store.viewNow(DELIVERED)).toEqual({
      ...before,
      customer: { name: ERASED },
      shippingAddress: { name: ERASED, street: ERASED, country },
    });
    expect(await store.deps.views.current(DELIVERED)).toEqual(await store.viewNow(DELIVERED));
    const terms = (await store.items('orderSearch')).filter((item) => item.includes(DELIVERED));
    expect(terms.map((item) => (JSON.parse(item) as { bucket: string }).bucket.split('#')[0]).sort()).toEqual([
      'order',
      'payment',
      'sku',
      'tracking',
    ]);
  });

  test('is for what was ordered before it, and for nobody else', async () => {
    const bob = await about(OF_BOB);
    await asked('e-2', 'C-nobody' as CustomerId);
    await run(20);
    expect((await store.deps.erasures.find('C-nobody' as CustomerId, 'e-2'))!.status).toBe('done');
    expect(await eraseOrder(deps, OF_BOB, ANN)).toEqual({ kind: 'clean' });
    time = START - 1;
    await asked();
    time = START + 3_600_000;
    await run(20);
    expect(await states()).toEqual({});
    expect(await about(OF_BOB)).toEqual(bob);
  });

  test('erases again what a projection wrote that had read the order before', async () => {
    const stale = await store.viewNow(DELIVERED);
    await asked();
    await run(1);
    await store.deps.index.add(stale, [
      { kind: 'name', text: 'annabel' },
      { kind: 'email', text: 'ann@example.com' },
    ]);
    await store.deps.views.restore(stale);
    await run(20);
    expect((await about(DELIVERED)).filter((item) => /ann/i.test(item.replaceAll('C-ann', '')))).toEqual([]);
    expect((await states())[DELIVERED]).toBe('erased');
    await run(2);
    expect((await states())[DELIVERED]).toBe('confirmed');
  });

  test('leaves nothing to find the person by when the first event comes late, and its projection has read the order before', async () => {
    const stale = await store.viewNow(DELIVERED);
    await asked();
    await run(1);
    await projectOrder(store.deps, { ...uncontested(stale), isNew: true });
    expect(await personalTerms()).toEqual([]);
    expect(await store.deps.views.current(DELIVERED)).toEqual(await store.viewNow(DELIVERED));
  });

  test('leaves nothing to find the person by when such a projection breaks off, because it forgets once more when none can be under way', async () => {
    const stale = await store.viewNow(DELIVERED);
    await asked();
    const waited: number[] = [];
    const pause = async (ms: number) => {
      waited.push(ms);
      await store.deps.index.add(stale, termsOf(stale));
    };
    await run(1, { pause });
    expect(waited).toEqual([PROJECTIONS_END_MS]);
    expect(await personalTerms()).toEqual([]);
  });

  test.each(['views', 'index', 'orders'] as const)(
    'that is interrupted at its %s is done again as a whole, and keeps no other order from it',
    async (port) => {
      await asked();
      const broken = () => Promise.reject(new Error('cut'));
      const cut = {
        views: { views: { current: (id: string) => store.deps.views.current(id), restore: broken } },
        index: { index: { forget: broken } },
        orders: {
          orders: {
            read: async (orderId: OrderId) => {
              const stored = await store.deps.orders.read(orderId);
              return orderId === DELIVERED ? { ...stored, erase: broken } : stored;
            },
          },
        },
      }[port];
      await expect(run(1, cut)).rejects.toThrow('cut');
      expect(failed).toContain(DELIVERED);
      if (port === 'orders') expect(await states()).toMatchObject({ [CANCELLED]: 'erased', [DELIVERED]: 'found' });
      await run(20);
      await run(2);
      for (const orderId of [DELIVERED, CANCELLED]) {
        expect((await about(orderId)).filter((item) => OF_ANN.test(item))).toEqual([]);
      }
    },
  );

  test('that fails as a whole keeps no other from it', async () => {
    await asked();
    await asked('e-2', OTHER);
    const { customerOrders } = store.deps;
    const page: typeof customerOrders.page = (query, ...rest) =>
      query.customerId === ANN ? Promise.reject(new Error('cut')) : customerOrders.page(query, ...rest);
    const cut = { customerOrders: { page } as typeof customerOrders };
    await expect(run(20, cut)).rejects.toThrow('cut');
    expect((await store.deps.erasures.of(OTHER))[0]).toMatchObject({ isListed: true });
  });

  test('that is requested again is the same one, unless it is for another reason', async () => {
    const first = await asked();
    time += 1_000;
    expect(await asked()).toEqual(first);
    const other = { erasureId: 'e-1', customerId: ANN, reason: 'unlawful', requestedBy: first.requestedBy } as const;
    expect(await requestErasure(deps, other)).toEqual({ ok: false, refusal: 'reused' });
    expect(await store.deps.erasures.of(ANN)).toEqual([first]);
  });

  test('stops when its time is over, and goes on with the next run', async () => {
    await asked();
    time += 60_000;
    expect(await advanceErasures(deps, time)).toEqual({ looked: 0, done: 0 });
    let looks = 0;
    const now = () => time + (looks += 1) * 10_000;
    await advanceErasures({ ...deps, now }, time + 65_000);
    expect(Object.values(await states())).toContain('found');
    await run(20);
    await run(2);
    expect(Object.values(await states()).sort()).toEqual(['confirmed', 'confirmed', 'order_under_way']);
  });
});
