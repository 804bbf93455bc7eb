import { beforeEach, describe, expect, test } from 'vitest';
import { fillBackorders } from '../../functions/inventory/application/fill-backorders.ts';
import type { Inventory } from '../../functions/inventory/application/ports.ts';
import { type ReserveStep, reserveStock } from '../../functions/inventory/application/reserve.ts';
import { Backordered } from '../../functions/inventory/domain/errors.ts';
import type { OrderEvent } from '../../functions/published/order-events.ts';
import { ConcurrencyConflict } from '../../functions/shared/kernel/errors.ts';
import type { OrderId, Sku } from '../../functions/shared/kernel/ids.ts';
import { CancellationAfterAttempt } from '../../functions/shared/saga-step/errors.ts';
import { BACKORDERING, REFUSING } from '../support/orders/reserve-settings.ts';
import type { StockWorld } from '../support/orders/stock-world.ts';
import { newOrderId, SHARDED_INVENTORIES, stockedOrders } from '../support/orders/stocked-orders.ts';
import { newEvent } from '../support/orders/streams.ts';

const orders = stockedOrders();
const { history } = orders;
let world: StockWorld;
let sku: Sku;
let older: OrderId;
let younger: OrderId;

const step = (orderId: OrderId, attempt = 0): ReserveStep => ({ orderId, attempt, canWait: true });
const wait = (orderId: OrderId) =>
  expect(reserveStock(world, step(orderId), BACKORDERING)).rejects.toThrow(Backordered);
const fill = (inventory: Inventory = world.inventory, about: Partial<Parameters<typeof fillBackorders>[2]> = {}) =>
  fillBackorders({ ...world, inventory, settings: async () => BACKORDERING }, sku, about);
const statuses = async () =>
  (await Promise.all([older, younger].map((id) => world.inventory.find(id)))).map(({ status }) => status);

/** The inventory, which calls `before` once, before the first reservation of the order or before it is known to wait. */
function interrupted(call: 'reserve' | 'backorder', orderId: OrderId, before: () => Promise<unknown>): Inventory {
  const { inventory } = world;
  let isOver = false;
  const methods = inventory as unknown as Readonly<Record<string, (...args: unknown[]) => Promise<unknown>>>;
  return new Proxy(inventory, {
    get:
      (_, name: string) =>
      async (...args: unknown[]) => {
        if (name === call && args[0] === orderId && !isOver) {
          isOver = true;
          await before();
        }
        return methods[name]!(...args);
      },
  });
}

describe.each(SHARDED_INVENTORIES)('Goods that come, %s,', (_, makeWorld) => {
  beforeEach(async () => {
    orders.renew(makeWorld(orders));
    ({ world } = orders);
    sku = orders.sku as Sku;
    [older, younger] = [newOrderId(), newOrderId()];
    await world.stock(sku, 1);
    await world.order(older, { [sku]: 3 });
    await world.order(younger, { [sku]: 3 }, 1);
  });

  test('while a look has just passed the oldest order over, are not for the next one', async () => {
    await wait(older);
    await wait(younger);
    const { log } = world;
    const arriving = Object.create(log) as typeof log;
    arriving.append = log.append.bind(log);
    arriving.read = async (id, ...rest) => {
      if (id === younger) await world.stock(sku, 4);
      return log.read(id, ...rest);
    };
    await fillBackorders({ ...world, log: arriving, settings: async () => BACKORDERING }, sku);
    expect(await statuses()).toEqual(['backordered', 'backordered']);
    // The look that they bring about themselves.
    await fill();
    expect(await statuses()).toEqual(['held', 'backordered']);
  });

  test('while an order begins to wait, are for the oldest one that waits', async () => {
    await wait(older);
    const arriving = interrupted('backorder', younger, () => world.stock(sku, 4));
    const begins = reserveStock({ ...world, inventory: arriving }, step(younger), BACKORDERING);
    await expect(begins).rejects.toThrow(Backordered);
    expect(await statuses()).toEqual(['backordered', 'backordered']);
    await fill();
    expect(await statuses()).toEqual(['held', 'backordered']);
  });

  test('are for an order from before its history says that it waits: who reads that finds it where goods are looked for', async () => {
    const { log } = world;
    const places: string[] = [];
    const append = async (...args: Parameters<typeof log.append>) => {
      places.push(...(await world.backorders.page(sku, 10)).map(({ orderId }) => orderId));
      return log.append(...args);
    };
    const watched = Object.assign(Object.create(log) as typeof log, { read: log.read.bind(log), append });
    await expect(reserveStock({ ...world, log: watched }, step(older), BACKORDERING)).rejects.toThrow(Backordered);
    expect(places).toEqual([older]);
  });

  test('are reserved in the moment before, as for any order', async () => {
    const { log } = world;
    const append = async (...args: Parameters<typeof log.append>) => {
      await world.stock(sku, 4);
      await fill();
      return log.append(...args);
    };
    const late = Object.assign(Object.create(log) as typeof log, { read: log.read.bind(log), append });
    await reserveStock({ ...world, log: late }, step(older), BACKORDERING);
    expect((await history(older)).filter((type) => type !== 'OrderBackordered')).toEqual([
      'OrderCreated',
      'InventoryReserved',
    ]);
  });

  test('are not looked for on behalf of an order that wants more than is left', async () => {
    await wait(older);
    await wait(younger);
    const asked: unknown[] = [];
    const counting = interrupted('reserve', younger, async () => asked.push(younger));
    await fill(counting, { least: 3 });
    expect(asked).toEqual([]);
    await world.stock(sku, 3);
    await fill(counting, { least: 3 });
    expect(await statuses()).toEqual(['held', 'backordered']);
  });

  test('are for an order that waits, whatever the shop does with new ones by now', async () => {
    await wait(older);
    const refusing = { ...world, settings: async () => REFUSING };
    await fillBackorders(refusing, sku);
    await world.stock(sku, 3);
    await fillBackorders(refusing, sku);
    expect(await statuses()).toEqual(['held', 'none']);
  });

  test('wait for the oldest order while it fails for a moment, and go to the next one when it fails on', async () => {
    await wait(older);
    await wait(younger);
    await world.stock(sku, 4);
    const failing = () =>
      interrupted('reserve', older, () => Promise.reject(new ConcurrencyConflict('It keeps changing.')));
    await expect(fill(failing())).rejects.toThrow(ConcurrencyConflict);
    expect(await statuses()).toEqual(['backordered', 'backordered']);
    await expect(fill(failing(), { goesOn: true })).rejects.toThrow(ConcurrencyConflict);
    expect(await statuses()).toEqual(['backordered', 'held']);
  });

  test('are not for an order that is cancelled while it begins to wait, and its saga has that to undo', async () => {
    const cancelled: OrderEvent = {
      type: 'CancellationRequested',
      data: { reason: 'customer_request', from: 'created' },
    };
    const cancelling = interrupted('backorder', older, () =>
      world.log.append(older, 1, [newEvent(cancelled, 1, older)]),
    );
    const begins = reserveStock({ ...world, inventory: cancelling }, step(older), BACKORDERING);
    await expect(begins).rejects.toThrow(CancellationAfterAttempt);
  });
});
