import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { checkLowStock } from '../../functions/inventory/application/check-low-stock.ts';
import { moveStock } from '../../functions/inventory/application/move-stock.ts';
import { setStockLimits } from '../../functions/inventory/application/set-limits.ts';
import type { WatchStatus } from '../../functions/inventory/application/stock-ports.ts';
import { OutOfStock } from '../../functions/inventory/domain/errors.ts';
import type { StockMovement } from '../../functions/inventory/domain/stock-events.ts';
import type { CorrelationId, Sku } from '../../functions/shared/kernel/ids.ts';
import { DEFAULT_LOCATION } from '../../functions/shared/kernel/location.ts';
import { type StockWorld } from '../support/orders/stock-world.ts';
import { INVENTORIES, newOrderId, stockedOrders } from '../support/orders/stocked-orders.ts';

const orders = stockedOrders();
const { reserve, ship } = orders;
let world: StockWorld;
let sku: Sku;

const origin = (id: string = randomUUID(), requestHash?: string) => ({
  id,
  ...(requestHash === undefined ? {} : { requestHash }),
  correlationId: 'request-1' as CorrelationId,
  causationId: id,
  actor: { type: 'operator', id: 'O1' } as const,
});
const received = (quantity: number): StockMovement => ({ type: 'StockReceived', data: { quantity } });
const corrected = (quantity: number): StockMovement => ({
  type: 'StockCorrected',
  data: { quantity, reason: 'Counted.' },
});
const damaged = (quantity: number): StockMovement => ({ type: 'StockDamaged', data: { quantity, reason: 'lost' } });
const returned = (quantity: number, condition: 'sellable' | 'damaged'): StockMovement => ({
  type: 'StockReturned',
  data: { quantity, condition, orderId: orders.orderId, returnId: 'return-1' },
});
const move = (movement: StockMovement, from = origin()) =>
  moveStock({ stock: world.articles, now: world.now }, sku, movement, from);
const history = async () =>
  (await world.stockLog.read(sku)).map(({ version, type, data }) => ({ version, type, data }));
const total = async () => {
  const { available, reserved, sold, damaged: spoilt, received: all } = (await world.articles.find(sku))!;
  return [available + reserved + sold + spoilt, all];
};

describe.each(INVENTORIES)('Stock %s', (_, makeWorld) => {
  beforeEach(() => {
    orders.renew(makeWorld(orders));
    ({ world } = orders);
    sku = orders.sku as Sku;
  });

  test('of an article that never had any is not there, and only a receipt changes that', async () => {
    expect(await world.articles.find(sku)).toBeUndefined();
    expect(await move(corrected(1))).toEqual({ ok: false, refusal: { kind: 'no-stock' } });
    expect(await move(received(5))).toMatchObject({ ok: true, value: { available: 5, received: 5, version: 1 } });
    const counts = { available: 5, reserved: 0, sold: 0, damaged: 0, received: 5, safetyStock: 0 };
    expect(await world.articles.find(sku)).toEqual({
      ...counts,
      locations: new Map([[DEFAULT_LOCATION, counts]]),
      low: false,
      version: 1,
    });
  });

  test('is what its movements make of it, and its history tells them', async () => {
    for (const movement of [received(40), corrected(-2), damaged(3), corrected(1)]) await move(movement);
    expect(await world.articles.find(sku)).toMatchObject({ available: 36, damaged: 3, received: 39, version: 4 });
    expect(await history()).toEqual([
      { version: 1, type: 'StockReceived', data: { quantity: 40 } },
      { version: 2, type: 'StockCorrected', data: { quantity: -2, reason: 'Counted.' } },
      { version: 3, type: 'StockDamaged', data: { quantity: 3, reason: 'lost' } },
      { version: 4, type: 'StockCorrected', data: { quantity: 1, reason: 'Counted.' } },
    ]);
  });

  test('that was there before its history began opens it', async () => {
    await world.stock(sku, 10);
    await world.order(orders.orderId, { [sku]: 3 });
    await reserve();
    await move(received(5));
    expect(await history()).toEqual([
      { version: 1, type: 'StockOpened', data: { available: 7, reserved: 3, sold: 0 } },
      { version: 2, type: 'StockReceived', data: { quantity: 5 } },
    ]);
    expect(await world.articles.find(sku)).toMatchObject({ available: 12, reserved: 3, received: 15 });
  });

  test.each([
    ['damaged', damaged(3)],
    ['missing', corrected(-3)],
    ['returned', returned(3, 'sellable')],
  ])('is not changed when more units are %s than there are', async (_name, movement) => {
    await move(received(2));
    expect(await move(movement)).toMatchObject({ ok: false, refusal: { kind: 'too-few', stock: { available: 2 } } });
    expect(await history()).toHaveLength(1);
  });

  test('moves once under one id, and another movement does not go under it', async () => {
    const id = randomUUID();
    await move(received(5), origin(id, 'a'));
    expect(await move(received(5), origin(id, 'a'))).toMatchObject({ ok: true, value: { available: 5 } });
    expect(await move(received(6), origin(id, 'b'))).toEqual({ ok: false, refusal: { kind: 'command-reused' } });
    expect(await history()).toHaveLength(1);
  });

  test('that was sold comes back to be sold again, or damaged', async () => {
    await move(received(5));
    await world.order(orders.orderId, { [sku]: 3 });
    await reserve();
    await ship();
    await move(returned(2, 'sellable'));
    await move(returned(1, 'damaged'));
    expect(await world.articles.find(sku)).toMatchObject({
      available: 4,
      reserved: 0,
      sold: 0,
      damaged: 1,
      received: 5,
    });
  });

  describe('of which a safety stock is kept', () => {
    const limits = (safetyStock: number, lowStockThreshold?: number) =>
      setStockLimits(
        { stock: world.articles, now: world.now },
        sku,
        {
          safetyStock,
          ...(lowStockThreshold === undefined ? {} : { lowStockThreshold }),
          reason: 'Counts of it are wrong.',
        },
        origin(),
      );
    const order = async (units: number) => {
      const id = newOrderId();
      await world.order(id, { [sku]: units });
      return reserve(id);
    };

    test('is sold down to it, and not below', async () => {
      await move(received(10));
      expect(await limits(4)).toMatchObject({ ok: true, value: { available: 10, safetyStock: 4, version: 2 } });
      await order(6);
      await expect(order(1)).rejects.toThrow(OutOfStock);
      expect(await world.articles.find(sku)).toMatchObject({ available: 4, reserved: 6, safetyStock: 4 });
      expect(await world.articles.forSale([sku], [DEFAULT_LOCATION])).toEqual(new Map([[sku, 0]]));
    });

    test('fills it first when there is less, and can be damaged to the last unit', async () => {
      await move(received(3));
      await limits(5);
      expect(await world.articles.find(sku)).toMatchObject({ available: 3, received: 3 });
      await move(received(3));
      await expect(order(2)).rejects.toThrow(OutOfStock);
      await order(1);
      expect(await move(damaged(6))).toMatchObject({ ok: false, refusal: { kind: 'too-few' } });
      await move(damaged(5));
      expect(await world.articles.find(sku)).toMatchObject({ available: 0, reserved: 1, damaged: 5, received: 6 });
    });

    test('is sold again when nothing is kept any more', async () => {
      await move(received(2));
      await limits(2, 1);
      await limits(0);
      await order(2);
      const counts = { available: 0, reserved: 2, sold: 0, damaged: 0, received: 2, safetyStock: 0 };
      expect(await world.articles.find(sku)).toEqual({
        ...counts,
        locations: new Map([[DEFAULT_LOCATION, counts]]),
        low: false,
        version: 3,
      });
      expect((await history()).at(-1)).toMatchObject({ type: 'StockLimitsSet', data: { safetyStock: 0 } });
    });

    test('has the limits of all articles with its first goods, and keeps them', async () => {
      const all = { safetyStock: 2, lowStockThreshold: 3 };
      await moveStock({ stock: world.articles, now: world.now }, sku, received(5), origin(), all);
      await moveStock({ stock: world.articles, now: world.now }, sku, received(5), origin(), { safetyStock: 9 });
      expect(await world.articles.find(sku)).toMatchObject({ available: 10, ...all, version: 3 });
    });
  });

  test('that is watched is found by what was told of it, page by page', async () => {
    const skus = ['1', '2', '3'].map((end) => `${sku}-${end}` as Sku);
    const deps = {
      stock: world.articles,
      now: world.now,
      watched: world.watched,
      newId: () => randomUUID(),
      locations: async () => [DEFAULT_LOCATION],
    };
    for (const [units, each] of [1, 5, 2].map((count, index) => [count, skus[index]!] as const)) {
      await moveStock(deps, each, received(units), origin(), { safetyStock: 0, lowStockThreshold: 2 });
    }
    const own = async (status: WatchStatus) =>
      (await world.watched.page(status, 100)).filter((article) => skus.includes(article.sku));
    expect(await own('watched')).toEqual(skus.map((each) => ({ sku: each, threshold: 2 })));
    await checkLowStock(deps);
    expect(await own('low')).toEqual([skus[0], skus[2]].map((each) => ({ sku: each, threshold: 2 })));
    expect(await world.articles.find(skus[0]!)).toMatchObject({ low: true, version: 3 });
    const [first] = await world.watched.page('low', 1, skus[0]);
    expect(first).toEqual({ sku: skus[2], threshold: 2 });
  });

  test('of a cart is known at once', async () => {
    await move(received(5));
    expect(await world.articles.forSale([sku, 'NEVER' as Sku], [DEFAULT_LOCATION])).toEqual(new Map([[sku, 5]]));
  });

  test('keeps its sum while orders and operators change it side by side', async () => {
    await move(received(6));
    const ids = Array.from({ length: 12 }, newOrderId);
    await Promise.all(ids.map((id) => world.order(id, { [sku]: 1 })));
    await Promise.allSettled([
      ...ids.map((id) => reserve(id)),
      ...[received(2), damaged(1), damaged(1), corrected(-1)].map((movement) => move(movement)),
    ]);
    const [sum, all] = await total();
    expect(sum).toBe(all);
    const { available, reserved } = (await world.articles.find(sku))!;
    expect(available).toBeGreaterThanOrEqual(0);
    const held = await Promise.all(ids.map((id) => world.inventory.find(id)));
    expect(reserved).toBe(held.filter(({ status }) => status === 'held').length);
  });
});
