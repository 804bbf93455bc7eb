import { beforeEach, describe, expect, test } from 'vitest';
import { OutOfStock, ReservationReleased } from '../../functions/inventory/domain/errors.ts';
import { type OrderId, type Sku } from '../../functions/shared/kernel/ids.ts';
import { ONE_SOURCE } from '../support/orders/reserve-settings.ts';
import { type StockWorld } from '../support/orders/stock-world.ts';
import { INVENTORIES, newOrderId, SHARDED_INVENTORIES, stockedOrders } from '../support/orders/stocked-orders.ts';
import { changeRequested, EVENTS, newEvent } from '../support/orders/streams.ts';

const orders = stockedOrders();
const { history, reserve, release } = orders;
let world: StockWorld;
let sku: string;
let orderId: OrderId;

describe.each(SHARDED_INVENTORIES)('Releasing %s', (_, makeWorld) => {
  beforeEach(() => {
    orders.renew(makeWorld(orders));
    ({ world, sku, orderId } = orders);
  });

  test('returns the units to stock and records it', async () => {
    await world.stock(sku, 10);
    await world.order(orderId, { [sku]: 3 });
    await reserve();
    expect(await release()).toBe(3);
    expect(await world.stockOf(sku)).toEqual({ available: 10, reserved: 0 });
    expect(await history()).toEqual(['OrderCreated', 'InventoryReserved', 'InventoryReleased']);
  });

  test('again returns nothing more', async () => {
    await world.stock(sku, 10);
    await world.order(orderId, { [sku]: 3 });
    await reserve();
    await release();
    expect(await release()).toBe(3);
    expect(await world.stockOf(sku)).toEqual({ available: 10, reserved: 0 });
    expect(await history()).toHaveLength(3);
  });

  test('twice at once returns the units once', async () => {
    await world.stock(sku, 10);
    await world.order(orderId, { [sku]: 3 });
    await reserve();
    await Promise.allSettled([release(), release()]);
    expect(await world.stockOf(sku)).toEqual({ available: 10, reserved: 0 });
  });

  test('does not depend on the length of the stream', async () => {
    await world.stock(sku, 10);
    await world.order(orderId, { [sku]: 3 });
    await reserve();
    await world.log.append(orderId, 2, [newEvent(EVENTS.declined, 2, orderId)]);
    expect(await release()).toBe(4);
    expect(await world.stockOf(sku)).toEqual({ available: 10, reserved: 0 });
  });

  test('before anything was reserved records nothing, and forbids the reservation that is late', async () => {
    await world.stock(sku, 10);
    await world.order(orderId, { [sku]: 3 });
    expect(await release()).toBe(1);
    await expect(reserve()).rejects.toThrow(ReservationReleased);
    expect(await world.stockOf(sku)).toEqual({ available: 10, reserved: 0 });
    expect(await history()).toEqual(['OrderCreated']);
  });

  test('after a refusal for lack of stock has nothing to return', async () => {
    await world.stock(sku, 1);
    await world.order(orderId, { [sku]: 2 });
    await expect(reserve()).rejects.toThrow(OutOfStock);
    expect(await release()).toBe(1);
    expect(await world.stockOf(sku)).toEqual({ available: 1, reserved: 0 });
  });

  test('after a refusal for lack of stock leaves the reason as it is, for an attempt that asks again', async () => {
    await world.stock(sku, 1);
    await world.order(orderId, { [sku]: 2 });
    await expect(reserve()).rejects.toThrow(OutOfStock);
    await world.stock(sku, 2);
    await expect(reserve()).rejects.toThrow(`wants more than there is of ${sku}`);
    await release();
    await expect(reserve()).rejects.toThrow(OutOfStock);
    expect(await world.stockOf(sku)).toEqual({ available: 2, reserved: 0 });
  });

  test('and a reservation for the same order at once leave nothing reserved', async () => {
    await world.stock(sku, 10);
    const ids = Array.from({ length: 20 }, newOrderId);
    await Promise.all(ids.map((id) => world.order(id, { [sku]: 1 })));
    await Promise.all(
      ids.map(async (id) => {
        await Promise.allSettled([reserve(id), release(id)]);
        // The saga repeats a compensation that failed.
        await release(id);
      }),
    );
    expect(await world.stockOf(sku)).toEqual({ available: 10, reserved: 0 });
  });
});

describe.each(INVENTORIES)('Adjusting %s', (_, makeWorld) => {
  const event = (id = orderId) => newEvent({ type: 'ItemsChanged', data: changeRequested().data }, 2, id);
  const linesOf = (quantities: Readonly<Record<string, number>>) =>
    Object.entries(quantities).map(([name, quantity]) => ({ sku: name as Sku, quantity }));
  const change = (from: Readonly<Record<string, number>>, to: Readonly<Record<string, number>>) => ({
    from: linesOf(from),
    to: linesOf(to),
    sources: ONE_SOURCE,
  });
  const adjust = (from: Readonly<Record<string, number>>, to: Readonly<Record<string, number>>, version = 3) =>
    world.inventory.adjust(orderId, change(from, to), () => event(), version);
  const held = async () => ((await world.inventory.find(orderId)) as { lines?: unknown }).lines;
  let other: string;

  beforeEach(async () => {
    orders.renew(makeWorld(orders));
    ({ world, sku, orderId } = orders);
    other = `OTHER-${sku}`;
    await world.stock(sku, 10);
    await world.stock(other, 5);
    await world.order(orderId, { [sku]: 3 });
    await reserve();
  });

  /** Everything is as it was after the reservation. */
  const expectUnchanged = async () => {
    expect(await world.stockOf(sku)).toEqual({ available: 7, reserved: 3 });
    expect(await world.stockOf(other)).toEqual({ available: 5, reserved: 0 });
    expect(await held()).toEqual(linesOf({ [sku]: 3 }));
    expect(await history()).toEqual(['OrderCreated', 'InventoryReserved']);
  };

  test('moves the difference, replaces the lines and appends the event, all at once', async () => {
    expect(await adjust({ [sku]: 3 }, { [sku]: 1, [other]: 5 })).toEqual({ kind: 'adjusted' });
    expect(await world.stockOf(sku)).toEqual({ available: 9, reserved: 1 });
    expect(await world.stockOf(other)).toEqual({ available: 0, reserved: 5 });
    expect(await held()).toEqual(linesOf({ [sku]: 1, [other]: 5 }));
    expect(await history()).toEqual(['OrderCreated', 'InventoryReserved', event().type]);
  });

  test('and then releasing returns the adjusted lines', async () => {
    await adjust({ [sku]: 3 }, { [other]: 2 });
    expect(await release()).toBe(4);
    expect(await world.stockOf(sku)).toEqual({ available: 10, reserved: 0 });
    expect(await world.stockOf(other)).toEqual({ available: 5, reserved: 0 });
  });

  test('is refused as a whole when an article is short, naming it', async () => {
    expect(await adjust({ [sku]: 3 }, { [sku]: 1, [other]: 6 })).toEqual({ kind: 'out-of-stock', skus: [other] });
    await expectUnchanged();
  });

  test('of a reservation of other lines is refused as another one', async () => {
    expect(await adjust({ [sku]: 2 }, { [sku]: 4 })).toEqual({ kind: 'other-reservation' });
    await expectUnchanged();
  });

  test('of a reservation that was released or never made is refused as another one', async () => {
    await release();
    expect(await adjust({ [sku]: 3 }, { [sku]: 4 }, 4)).toEqual({ kind: 'other-reservation' });
    orderId = newOrderId();
    await world.order(orderId, { [sku]: 3 });
    expect(await adjust({ [sku]: 3 }, { [sku]: 4 }, 2)).toEqual({ kind: 'other-reservation' });
    expect(await world.stockOf(sku)).toEqual({ available: 10, reserved: 0 });
  });

  test('at a version that is taken is version-taken, also when stock or lines do not fit', async () => {
    expect(await adjust({ [sku]: 2 }, { [other]: 6 }, 2)).toEqual({ kind: 'version-taken' });
    await expectUnchanged();
  });

  test('to the same lines moves no stock and appends the event', async () => {
    expect(await adjust({ [sku]: 3 }, { [sku]: 3 })).toEqual({ kind: 'adjusted' });
    expect(await world.stockOf(sku)).toEqual({ available: 7, reserved: 3 });
  });

  test('changes 98 articles at once and no more', async () => {
    const wanted = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_each, index) => [`${sku}-${index}`, 1]));
    for (const name of Object.keys(wanted(98))) await world.stock(name, 1);
    expect(await adjust({ [sku]: 3 }, { [sku]: 3, ...wanted(99) })).toEqual({ kind: 'too-many-articles' });
    await expectUnchanged();
    expect(await adjust({ [sku]: 3 }, { [sku]: 3, ...wanted(98) })).toEqual({ kind: 'adjusted' });
    expect(await world.stockOf(`${sku}-97`)).toEqual({ available: 0, reserved: 1 });
  });

  test('by 20 orders at once for the last two units: exactly two get one more', async () => {
    const scarce = `SCARCE-${sku}`;
    await world.stock(scarce, 22);
    const ids = Array.from({ length: 20 }, newOrderId);
    for (const id of ids) {
      await world.order(id, { [scarce]: 1 });
      await reserve(id);
    }
    const outcomes = await Promise.all(
      ids.map((id) => world.inventory.adjust(id, change({ [scarce]: 1 }, { [scarce]: 2 }), () => event(id), 3)),
    );
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual([
      ...Array<string>(2).fill('adjusted'),
      ...Array<string>(18).fill('out-of-stock'),
    ]);
    expect(await world.stockOf(scarce)).toEqual({ available: 0, reserved: 22 });
  });
});
