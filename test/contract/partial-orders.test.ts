import { beforeEach, describe, expect, test } from 'vitest';
import { reserveStock } from '../../functions/inventory/application/reserve.ts';
import { OutOfStock } from '../../functions/inventory/domain/errors.ts';
import { fold } from '../../functions/orders/domain/evolve.ts';
import type { Sku } from '../../functions/shared/kernel/ids.ts';
import { times } from '../../functions/shared/kernel/money.ts';
import { readOrderSoFar } from '../../functions/shared/saga-step/order-so-far.ts';
import { PARTIAL } from '../support/orders/reserve-settings.ts';
import type { StockWorld } from '../support/orders/stock-world.ts';
import { newOrderId, SHARDED_INVENTORIES, stockedOrders } from '../support/orders/stocked-orders.ts';
import { line } from '../support/orders/streams.ts';

const orders = stockedOrders();
const { history } = orders;
let world: StockWorld;
let sku: Sku;
let other: Sku;

const reserve = (orderId = orders.orderId) => reserveStock(world, { orderId, attempt: 1, canWait: true }, PARTIAL);

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : String(error));

describe.each(SHARDED_INVENTORIES)('An order of which some units are there, %s,', (_, makeWorld) => {
  beforeEach(async () => {
    orders.renew(makeWorld(orders));
    ({ world } = orders);
    sku = orders.sku as Sku;
    other = `${sku}-other` as Sku;
    await world.stock(sku, 2);
    await world.stock(other, 10);
    await world.order(orders.orderId, { [sku]: 5, [other]: 1 });
  });

  test('gets those, and costs what they cost', async () => {
    await reserve();
    await reserve();
    expect(await history()).toEqual(['OrderCreated', 'UnitsRemoved', 'InventoryReserved']);
    const lines = [
      { sku, quantity: 2 },
      { sku: other, quantity: 1 },
    ];
    const stream = await world.log.read(orders.orderId);
    expect(stream[1]!.data).toMatchObject({ lines, removed: [{ sku, quantity: 3 }] });
    expect(stream[2]!.data).toMatchObject({ lines });
    expect(await world.stockOf(sku)).toMatchObject({ available: 0, reserved: 2 });
    expect(await world.stockOf(other)).toMatchObject({ available: 9, reserved: 1 });
    const { total } = await readOrderSoFar(world.log, orders.orderId);
    expect(fold(stream)).toMatchObject({ status: 'inventory_reserved', lines, total });
    expect(total).toEqual(times(line().unitPrice, 3));
  });

  test('loses the whole line of an article that is sold out', async () => {
    await world.stock(sku, 0);
    await reserve();
    expect((await world.log.read(orders.orderId)).at(-1)!.data).toMatchObject({ lines: [{ sku: other, quantity: 1 }] });
  });

  test('is refused when nothing of it is there', async () => {
    await world.stock(sku, 0);
    await world.stock(other, 0);
    await expect(reserve()).rejects.toThrow(OutOfStock);
    expect(await history()).toEqual(['OrderCreated']);
    expect(await world.inventory.find(orders.orderId)).toMatchObject({ status: 'released' });
  });

  test('takes the last units beside others that do the same, and none twice', async () => {
    const ids = Array.from({ length: 4 }, newOrderId);
    for (const id of ids) await world.order(id, { [sku]: 2 });
    await world.stock(sku, 5);
    const outcomes = await Promise.allSettled(ids.map((id) => reserve(id)));
    const { available, reserved } = await world.stockOf(sku);
    expect(available + reserved).toBe(5);
    const held = await Promise.all(ids.map((id) => world.inventory.find(id)));
    const units = held.flatMap((each) => (each.status === 'held' ? each.lines.map(({ quantity }) => quantity) : []));
    expect(units.reduce((sum, each) => sum + each, 0)).toBe(reserved);
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [nameOf(outcome.reason)] : []));
    expect(['OutOfStock', 'ConcurrencyConflict']).toEqual(expect.arrayContaining(refused));
  });
});
