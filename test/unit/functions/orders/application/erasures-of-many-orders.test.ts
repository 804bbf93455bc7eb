/** An erasure of thousands of orders goes on from where it was, and keeps no other waiting. */
import { beforeEach, describe, expect, test } from 'vitest';
import {
  type AdvanceErasuresDeps,
  advanceErasures,
} from '../../../../../functions/orders/application/advance-erasures.ts';
import type { Erasure } from '../../../../../functions/orders/application/erasure-ports.ts';
import type { CustomerOrders } from '../../../../../functions/orders/application/ports.ts';
import { type CustomerId, type OrderId, parseOrderId } from '../../../../../functions/shared/kernel/ids.ts';
import { InMemoryErasures } from '../../../../support/fakes/in-memory-erasures.ts';

const [SHOP, ANN] = ['C-shop' as CustomerId, 'C-ann' as CustomerId];
const MANY = 5_000;
const RUN_MS = 20_000;
/** What a call takes. */
const CALL_MS = 5;
const idOf = (number: number): OrderId => parseOrderId(`0190f3a0-0000-7000-8000-${String(number).padStart(12, '0')}`);

let time: number;
let erasures: InMemoryErasures;
let looks: Map<OrderId, number>;
let listed: number;
let longest: number;
let overdue: number[];

/** Everything takes its time. An order is erased when it is read for the first time, and clean afterwards. */
const deps = (): AdvanceErasuresDeps => {
  const slow = async <Value>(value: Value): Promise<Value> => {
    time += CALL_MS;
    return value;
  };
  const slowErasures = new Proxy(erasures, {
    get: (target, name) => {
      const member = Reflect.get(target, name) as unknown;
      return typeof member === 'function'
        ? (...args: unknown[]) =>
            slow(undefined).then(() => (member as (...all: unknown[]) => unknown).apply(target, args))
        : member;
    },
  });
  const customerOrders: CustomerOrders = {
    page: async ({ customerId }, limit, after) => {
      await slow((listed += 1));
      const count = customerId === SHOP ? MANY : 1;
      const begin = after === undefined ? 0 : Number(after.orderId.slice(-12)) + 1;
      const numbers = Array.from({ length: Math.max(0, Math.min(limit, count - begin)) }, (_, index) => begin + index);
      const items = numbers.map((number) => ({ orderId: idOf(customerId === SHOP ? number : 9_000_000) }));
      const last = numbers.at(-1);
      const next = last !== undefined && last + 1 < count ? { createdAt: '', orderId: idOf(last) } : undefined;
      return { items: items as never, ...(next ? { next } : {}) };
    },
  };
  return {
    erasures: slowErasures,
    customerOrders,
    now: () => time,
    pause: async (ms) => void (time += ms),
    monitor: { failed: () => {}, overdue: (_, ms) => overdue.push(ms) },
    orders: {
      read: async (orderId) => {
        looks.set(orderId, (looks.get(orderId) ?? 0) + 1);
        await slow(undefined);
        return { events: [], erased: [], isErased: true, erase: async () => {} };
      },
    },
    views: { current: async () => undefined, restore: async () => {} },
    index: { forget: async () => {} },
    inbox: { forget: async () => {} },
  };
};
const run = async () => {
  time += 5 * 60_000;
  const begin = time;
  const result = await advanceErasures(deps(), begin + RUN_MS);
  longest = Math.max(longest, time - begin);
  return result;
};
const asked = (customerId: CustomerId): Promise<Erasure> =>
  erasures.begin({
    erasureId: `e-${customerId}`,
    customerId,
    reason: 'customer_request',
    requestedAt: new Date(time).toISOString(),
    requestedBy: { type: 'customer', id: customerId },
    status: 'under_way',
    isListed: false,
    behindSince: new Date(time).toISOString(),
  });

beforeEach(() => {
  [time, erasures, looks, listed, longest, overdue] = [
    Date.UTC(2026, 10, 28),
    new InMemoryErasures(),
    new Map(),
    0,
    0,
    [],
  ];
});

describe('An erasure of five thousand orders', () => {
  test('is done run by run within the time of each, and lists and looks at no order more often than it has to', async () => {
    await asked(SHOP);
    let runs = 0;
    for (let done = 0; done === 0 && runs < 20; runs += 1) ({ done } = await run());
    expect(await erasures.find(SHOP, `e-${SHOP}`)).toMatchObject({ status: 'done' });
    expect(runs).toBeLessThan(10);
    // A turn is not cut short.
    expect(longest).toBeLessThan(RUN_MS + 1_000);
    expect(looks.size).toBe(MANY);
    expect(Math.max(...looks.values())).toBe(1);
    // Once as soon as it was asked, and once when the list must have everything.
    expect(listed).toBe((2 * MANY) / 100);
  });

  test('keeps no other waiting that is asked after it', async () => {
    await asked(SHOP);
    time += 1_000;
    await asked(ANN);
    await run();
    expect(looks.get(idOf(9_000_000))).toBe(1);
    for (let runs = 0; runs < 3; runs += 1) await run();
    expect(await erasures.find(ANN, `e-${ANN}`)).toMatchObject({ status: 'done' });
  });

  test('is overdue for as long as something of it could be erased', async () => {
    await asked(SHOP);
    await run();
    expect(overdue[0]).toBeGreaterThanOrEqual(5 * 60_000);
    time += 86_400_000;
    await run();
    expect(overdue[1]).toBeGreaterThan(86_400_000);
    for (let runs = 0; runs < 10; runs += 1) await run();
    expect(overdue.at(-1)).toBe(0);
  });
});
