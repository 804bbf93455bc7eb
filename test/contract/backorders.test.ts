import { beforeEach, describe, expect, test } from 'vitest';
import { fillBackorders } from '../../functions/inventory/application/fill-backorders.ts';
import { moveStock } from '../../functions/inventory/application/move-stock.ts';
import { reserveStock } from '../../functions/inventory/application/reserve.ts';
import { Backordered, ReservationReleased } from '../../functions/inventory/domain/errors.ts';
import type { OrderEvent } from '../../functions/published/order-events.ts';
import type { CorrelationId, OrderId, Sku } from '../../functions/shared/kernel/ids.ts';
import { CancellationAfterAttempt } from '../../functions/shared/saga-step/errors.ts';
import { BACKORDERING, REFUSING } from '../support/orders/reserve-settings.ts';
import type { StockWorld } from '../support/orders/stock-world.ts';
import { newOrderId, SHARDED_INVENTORIES, stockedOrders } from '../support/orders/stocked-orders.ts';
import { line, newEvent, priced, START } from '../support/orders/streams.ts';

const orders = stockedOrders();
const { history, release } = orders;
let world: StockWorld;
let sku: Sku;
let orderId: OrderId;

const reserve = (id = orderId, settings = BACKORDERING) =>
  reserveStock(world, { orderId: id, attempt: 1, canWait: true }, settings);
const wait = (id = orderId) => expect(reserve(id)).rejects.toThrow(Backordered);
const fill = (article = sku) => fillBackorders({ ...world, settings: async () => BACKORDERING }, article);
/** Goods arrive: an operator says so. */
const receive = async (quantity: number, article = sku) => {
  const id = newOrderId();
  const origin = {
    id,
    correlationId: id as string as CorrelationId,
    causationId: id,
    actor: { type: 'operator', id: 'O1' } as const,
  };
  await moveStock(
    { stock: world.articles, now: world.now },
    article,
    { type: 'StockReceived', data: { quantity } },
    origin,
  );
};
const append = async (event: OrderEvent, id = orderId) => {
  const { length } = await history(id);
  await world.log.append(id, length, [newEvent(event, length, id)]);
};
const CANCELLED: OrderEvent = {
  type: 'CancellationRequested',
  data: { reason: 'customer_request', from: 'backordered' },
};

/** Creates backorders, each a second younger than the one before, over so many units each. */
async function waiting(...quantities: readonly number[]): Promise<readonly OrderId[]> {
  const ids = quantities.map(() => newOrderId());
  for (const [index, id] of ids.entries()) await world.order(id, { [sku]: quantities[index]! }, index);
  // The youngest waits first: what counts is when it was ordered.
  for (const id of ids.toReversed()) await wait(id);
  return ids;
}

const statuses = async (ids: readonly OrderId[]) =>
  (await Promise.all(ids.map((id) => world.inventory.find(id)))).map(({ status }) => status);

describe.each(SHARDED_INVENTORIES)('A backorder, %s,', (_, makeWorld) => {
  beforeEach(async () => {
    orders.renew(makeWorld(orders));
    ({ world, orderId } = orders);
    sku = orders.sku as Sku;
    await world.stock(sku, 1);
  });

  test('waits for what there is too little of, says so once, and holds nothing meanwhile', async () => {
    await world.order(orderId, { [sku]: 3 });
    await wait();
    await wait();
    expect(await history()).toEqual(['OrderCreated', 'OrderBackordered']);
    expect((await world.log.read(orderId))[1]!.data).toMatchObject({
      lines: [{ sku, quantity: 3 }],
      until: new Date(START + 14 * 86_400_000).toISOString(),
    });
    expect(await world.inventory.find(orderId)).toMatchObject({ status: 'backordered', awaits: sku });
    expect(await world.stockOf(sku)).toMatchObject({ available: 1, reserved: 0 });
  });

  test('has its goods reserved when they have come, and its reservation says that it had waited', async () => {
    await world.order(orderId, { [sku]: 3 });
    await wait();
    await receive(5);
    await fill();
    expect(await history()).toEqual(['OrderCreated', 'OrderBackordered', 'InventoryReserved']);
    expect((await world.log.read(orderId))[2]!.data).toMatchObject({
      backordered: true,
      lines: [{ sku, quantity: 3 }],
    });
    expect(await world.stockOf(sku)).toMatchObject({ available: 3, reserved: 3 });
    await reserve();
    expect(await history()).toHaveLength(3);
  });

  test('is filled before younger ones, and lets those go first that want no more than there is', async () => {
    const ids = await waiting(3, 9, 3, 2, 2);
    await receive(8);
    await fill();
    expect(await statuses(ids)).toEqual(['held', 'backordered', 'held', 'held', 'backordered']);
    expect(await world.stockOf(sku)).toMatchObject({ available: 1, reserved: 8 });
    await receive(8);
    await fill();
    expect(await statuses(ids)).toEqual(['held', 'held', 'held', 'held', 'backordered']);
  });

  test('has its article named, once, among those that orders wait for, until it is filled', async () => {
    await waiting(2, 3);
    expect((await world.backorders.articles()).filter((article) => article === sku)).toEqual([sku]);
    await receive(5);
    await fill();
    expect(await world.backorders.articles()).not.toContain(sku);
  });

  test('is found among more than one page of those that wait', async () => {
    const ids = await waiting(...Array<number>(27).fill(2));
    await receive(53);
    await fill();
    expect(await statuses(ids)).toEqual(Array(27).fill('held'));
  });

  test('that waits for several articles goes on once all of them are there', async () => {
    const other = `${sku}-other` as Sku;
    await world.stock(other, 0);
    await world.order(orderId, { [sku]: 2, [other]: 1 });
    await wait();
    await receive(5);
    await fill();
    expect(await world.inventory.find(orderId)).toMatchObject({ status: 'backordered', awaits: other });
    expect(await world.stockOf(sku)).toMatchObject({ available: 6, reserved: 0 });
    expect(await history()).toEqual(['OrderCreated', 'OrderBackordered', 'OrderBackordered']);
    await receive(1, other);
    await fill(other);
    expect(await statuses([orderId])).toEqual(['held']);
  });

  test('goes on waiting although the shop refuses such orders by now', async () => {
    await world.order(orderId, { [sku]: 3 });
    await wait();
    await expect(reserve(orderId, REFUSING)).rejects.toThrow(Backordered);
    expect(await statuses([orderId])).toEqual(['backordered']);
  });

  test('that its customer cancels gets nothing any more, and keeps nothing', async () => {
    await world.order(orderId, { [sku]: 3 });
    await wait();
    await append(CANCELLED);
    await receive(5);
    await fill();
    expect(await statuses([orderId])).toEqual(['backordered']);
    await expect(reserve()).rejects.toThrow(CancellationAfterAttempt);
    await release();
    expect(await statuses([orderId])).toEqual(['released']);
    expect(await world.backorders.page(sku, 10)).toEqual([]);
    await fill();
    expect(await world.stockOf(sku)).toMatchObject({ available: 6, reserved: 0 });
  });

  test('that is given up while goods come releases them, whichever is first', async () => {
    await world.order(orderId, { [sku]: 3 });
    await wait();
    await receive(5);
    await Promise.all([fill(), release()]);
    await release();
    expect(await statuses([orderId])).toEqual(['released']);
    expect(await world.stockOf(sku)).toMatchObject({ available: 6, reserved: 0 });
    await expect(reserve()).rejects.toThrow(ReservationReleased);
  });

  test('reserves what its order has become while it waited', async () => {
    await world.order(orderId, { [sku]: 3 });
    await wait();
    const changed = { ...priced([line(sku, 1)]), changeId: newOrderId() };
    await append({ type: 'ItemsChanged', data: changed });
    await reserve();
    expect(await world.stockOf(sku)).toMatchObject({ available: 0, reserved: 1 });
  });

  test('of an execution that cannot wait is refused', async () => {
    await world.order(orderId, { [sku]: 3 });
    const old = reserveStock(world, { orderId, attempt: 0, canWait: false }, BACKORDERING);
    await expect(old).rejects.toMatchObject({ name: 'OutOfStock' });
  });
});
