import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { adjustReservation } from '../../functions/inventory/application/adjust.ts';
import { moveStock } from '../../functions/inventory/application/move-stock.ts';
import { reserveStock } from '../../functions/inventory/application/reserve.ts';
import { restockReturn } from '../../functions/inventory/application/restock.ts';
import { setStockLimits } from '../../functions/inventory/application/set-limits.ts';
import { stockAt } from '../../functions/inventory/domain/article-stock.ts';
import { OutOfStock } from '../../functions/inventory/domain/errors.ts';
import type { StockMovement } from '../../functions/inventory/domain/stock-events.ts';
import type { RecordedOrderEvent, ReturnReceived } from '../../functions/published/order-events.ts';
import type { CorrelationId, OrderId, Sku } from '../../functions/shared/kernel/ids.ts';
import { type LocationId, DEFAULT_LOCATION as MAIN } from '../../functions/shared/kernel/location.ts';
import { REFUSING } from '../support/orders/reserve-settings.ts';
import type { StockWorld } from '../support/orders/stock-world.ts';
import { newOrderId, SHARDED_INVENTORIES, stockedOrders } from '../support/orders/stocked-orders.ts';
import { CHANGE_ID, changeRequested, line, newEvent } from '../support/orders/streams.ts';

const [NORTH, SOUTH] = ['north', 'south'] as [LocationId, LocationId];
const SETTINGS = {
  ...REFUSING,
  locations: {
    main: { priority: 1, active: true, country: 'CN' },
    north: { priority: 2, active: true, country: 'US' },
    south: { priority: 3, active: true },
    closed: { priority: 1, active: false },
  },
};
const orders = stockedOrders();
const { release, ship } = orders;
let world: StockWorld;
let sku: Sku;
let other: Sku;
let orderId: OrderId;

const origin = () => {
  const id = randomUUID();
  return { id, correlationId: id as CorrelationId, causationId: id, actor: { type: 'operator', id: 'O1' } } as const;
};
const move = (movement: StockMovement, of = sku) =>
  moveStock({ stock: world.articles, now: world.now }, of, movement, origin());
const receive = (quantity: number, location: LocationId, of = sku) =>
  move({ type: 'StockReceived', data: { quantity, location } }, of);
const transfer = (quantity: number, from: LocationId, to: LocationId) =>
  move({ type: 'StockTransferred', data: { quantity, from, to } });
const reserve = (id = orderId, settings: Partial<typeof REFUSING> = {}) =>
  reserveStock(world, { orderId: id, attempt: 0, canWait: true }, { ...SETTINGS, ...settings });
const find = async (of = sku) => (await world.articles.find(of))!;
/** Available, reserved and sold at each location, and what was received there. */
const units = async (of = sku) =>
  Object.fromEntries(
    [...(await find(of)).locations].map(([id, { available, reserved, sold, received }]) => [
      id,
      [available, reserved, sold, received],
    ]),
  );
const lastEvent = async (id = orderId) => (await world.log.readLast(id, 1))[0]!;

describe.each(SHARDED_INVENTORIES)('Stock at several locations %s', (_, makeWorld) => {
  beforeEach(async () => {
    orders.renew(makeWorld(orders));
    ({ world, orderId } = orders);
    sku = orders.sku as Sku;
    other = `OTHER-${sku}` as Sku;
    await world.stock(sku, 4);
    await receive(2, NORTH);
    await receive(3, SOUTH);
  });

  test('is counted at each, and together', async () => {
    expect(await units()).toEqual({ main: [4, 0, 0, 4], north: [2, 0, 0, 2], south: [3, 0, 0, 3] });
    expect(await find()).toMatchObject({ available: 9, received: 9, version: 3 });
    expect(await world.articles.forSale([sku], [MAIN, SOUTH])).toEqual(new Map([[sku, 7]]));
  });

  test('is reserved at the first location that has all of a line, and the event says where', async () => {
    await world.order(orderId, { [sku]: 4 });
    await reserve();
    expect(await units()).toMatchObject({ main: [0, 4, 0, 4], north: [2, 0, 0, 2] });
    const next = newOrderId();
    await world.order(next, { [sku]: 3 });
    await reserve(next);
    expect(await units()).toMatchObject({ north: [2, 0, 0, 2], south: [0, 3, 0, 3] });
    expect((await lastEvent(next)).data).toMatchObject({ lines: [{ sku, quantity: 3, location: SOUTH }] });
  });

  test('is reserved at several when none has all of a line, and comes back to the same ones', async () => {
    await world.order(orderId, { [sku]: 8 });
    await reserve();
    expect(await units()).toEqual({ main: [0, 4, 0, 4], north: [0, 2, 0, 2], south: [1, 2, 0, 3] });
    expect((await lastEvent()).data).toMatchObject({
      lines: [
        { sku, quantity: 4, location: MAIN },
        { sku, quantity: 2, location: NORTH },
        { sku, quantity: 2, location: SOUTH },
      ],
    });
    await release();
    expect(await units()).toEqual({ main: [4, 0, 0, 4], north: [2, 0, 0, 2], south: [3, 0, 0, 3] });
  });

  test('of which all active locations together have too little is refused, and nothing is reserved', async () => {
    await move({ type: 'StockReceived', data: { quantity: 9, location: 'closed' as LocationId } });
    await world.order(orderId, { [sku]: 10 });
    await expect(reserve()).rejects.toThrow(OutOfStock);
    expect(await find()).toMatchObject({ available: 18, reserved: 0 });
  });

  test('comes from as few locations as possible, or from those near to the customer, when the shop says so', async () => {
    await receive(5, NORTH, other);
    await world.order(orderId, { [sku]: 1, [other]: 1 });
    await reserve(orderId, { allocation: 'single-location-first' });
    expect([await units(), await units(other)]).toMatchObject([{ north: [1, 1, 0, 2] }, { north: [4, 1, 0, 5] }]);
    const next = newOrderId();
    await world.order(next, { [sku]: 1 });
    const locations = { ...SETTINGS.locations, main: { ...SETTINGS.locations.main, country: 'US' } };
    await reserve(next, {
      allocation: 'nearest-country',
      locations: { ...locations, south: { priority: 9, active: true, country: 'CN' } },
    });
    expect(await units()).toMatchObject({ south: [2, 1, 0, 3] });
  });

  test('is sold where it was, and comes back there, also in several returns', async () => {
    await world.order(orderId, { [sku]: 8 });
    await reserve();
    await ship();
    expect(await units()).toEqual({ main: [0, 0, 4, 4], north: [0, 0, 2, 2], south: [1, 0, 2, 3] });
    const returned = async (quantity: number, damaged: number) => {
      const { version } = await lastEvent();
      const data = { returnId: randomUUID(), accepted: [{ sku, quantity }], rejected: [] };
      const back = { ...data, ...(damaged > 0 ? { damaged: [{ sku, quantity: damaged }] } : {}) };
      const event = newEvent({ type: 'ReturnReceived', data: back }, version, orderId);
      await world.log.append(orderId, version, [{ ...event, eventId: randomUUID() as typeof event.eventId }]);
      const received = (await lastEvent()) as RecordedOrderEvent<ReturnReceived>;
      const deps = { ...world, stock: world.articles };
      await Promise.all([restockReturn(deps, received), restockReturn(deps, received)]);
    };
    await returned(5, 1);
    expect(await units()).toEqual({ main: [3, 0, 0, 4], north: [1, 0, 1, 2], south: [1, 0, 2, 3] });
    await returned(2, 0);
    expect(await units()).toEqual({ main: [3, 0, 0, 4], north: [2, 0, 0, 2], south: [2, 0, 1, 3] });
    expect(await find()).toMatchObject({ damaged: 1, sold: 1, received: 9 });
  });

  test('of an order whose items change is given back and taken where the order has goods already', async () => {
    await receive(9, NORTH, other);
    await world.order(orderId, { [sku]: 6 });
    await reserve();
    expect(await units()).toMatchObject({ main: [0, 4, 0, 4], north: [0, 2, 0, 2] });
    const change = async (...items: readonly ReturnType<typeof line>[]) => {
      const { version } = await lastEvent();
      await world.log.append(orderId, version, [newEvent(changeRequested(items), version, orderId)]);
      await adjustReservation(world, { orderId, changeId: CHANGE_ID }, SETTINGS);
    };
    await change(line(sku, 5), line(other, 1));
    expect(await units()).toMatchObject({ main: [0, 4, 0, 4], north: [1, 1, 0, 2] });
    expect(await units(other)).toMatchObject({ north: [8, 1, 0, 9] });
    expect(await lastEvent()).toMatchObject({
      type: 'ItemsChanged',
      data: {
        allocation: [
          { sku, quantity: 4, location: MAIN },
          { sku, quantity: 1, location: NORTH },
          { sku: other, quantity: 1, location: NORTH },
        ],
      },
    });
    await release();
    expect([await units(), (await find(other)).reserved]).toMatchObject([
      { main: [4, 0, 0, 4], north: [2, 0, 0, 2] },
      0,
    ]);
  });

  test('goes from one location to another, as one movement and never more than there is', async () => {
    expect(await transfer(3, MAIN, NORTH)).toMatchObject({ ok: true, value: { available: 9, version: 4 } });
    expect(await units()).toEqual({ main: [1, 0, 0, 1], north: [5, 0, 0, 5], south: [3, 0, 0, 3] });
    expect(await transfer(6, NORTH, SOUTH)).toMatchObject({ ok: false, refusal: { kind: 'too-few' } });
    await world.order(orderId, { [sku]: 5 });
    await reserve();
    expect(await transfer(1, NORTH, MAIN)).toMatchObject({ ok: false, refusal: { kind: 'too-few' } });
    expect(await move({ type: 'StockDamaged', data: { quantity: 1, reason: 'lost', location: NORTH } })).toMatchObject({
      ok: false,
    });
  });

  test('has a safety stock of its own at each, and one threshold for all', async () => {
    const limits = (data: Parameters<typeof setStockLimits>[2]) =>
      setStockLimits({ stock: world.articles, now: world.now }, sku, data, origin());
    await limits({ safetyStock: 1, lowStockThreshold: 3, reason: 'A fair.' });
    await limits({ safetyStock: 2, location: SOUTH, reason: 'A fair.' });
    expect(await find()).toMatchObject({ available: 9, safetyStock: 3, lowStockThreshold: 3 });
    expect(stockAt(await find(), SOUTH)).toMatchObject({ available: 3, safetyStock: 2 });
    expect(await world.articles.forSale([sku], [MAIN, NORTH, SOUTH])).toEqual(new Map([[sku, 6]]));
    await world.order(orderId, { [sku]: 7 });
    await expect(reserve()).rejects.toThrow(OutOfStock);
    const next = newOrderId();
    await world.order(next, { [sku]: 6 });
    await reserve(next);
    expect(await units()).toEqual({ main: [1, 3, 0, 4], north: [0, 2, 0, 2], south: [2, 1, 0, 3] });
  });

  test('is never sold twice by orders that want the last units of all locations at once', async () => {
    const ids = Array.from({ length: 12 }, newOrderId);
    await Promise.all(ids.map((id) => world.order(id, { [sku]: 2 })));
    const outcomes = await Promise.allSettled(ids.map((id) => reserve(id)));
    const sold = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(sold).toBe(4);
    const all = await find();
    expect(all).toMatchObject({ available: 1, reserved: 8, received: 9 });
    for (const { available, reserved, received } of all.locations.values()) {
      expect(available).toBeGreaterThanOrEqual(0);
      expect(available + reserved).toBe(received);
    }
  });
});
