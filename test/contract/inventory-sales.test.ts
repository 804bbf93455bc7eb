import { beforeEach, describe, expect, test } from 'vitest';
import { ReservationNotHeld } from '../../functions/inventory/domain/errors.ts';
import { type HeldLine, unitsOf } from '../../functions/inventory/domain/stock-line.ts';
import type { ShipmentHandedOver } from '../../functions/published/order-events.ts';
import { type OrderId, type Sku } from '../../functions/shared/kernel/ids.ts';
import { DEFAULT_LOCATION } from '../../functions/shared/kernel/location.ts';
import { shipmentIdOf } from '../../functions/shared/kernel/shipment-id.ts';
import { type StockWorld } from '../support/orders/stock-world.ts';
import { newOrderId, SHARDED_INVENTORIES, stockedOrders } from '../support/orders/stocked-orders.ts';

const orders = stockedOrders();
const { history, reserve, release, ship, confirm } = orders;
let world: StockWorld;
let sku: string;
let orderId: OrderId;

describe.each(SHARDED_INVENTORIES)('Confirming, when the goods leave, %s', (_, makeWorld) => {
  beforeEach(() => {
    orders.renew(makeWorld(orders));
    ({ world, sku, orderId } = orders);
  });

  test('makes a sale of what was reserved and records it, all at once', async () => {
    const other = `OTHER-${sku}`;
    await world.stock(sku, 10);
    await world.stock(other, 5);
    await world.order(orderId, { [sku]: 3, [other]: 1 });
    await reserve();
    expect(await ship()).toBe(4);
    expect(await world.stockOf(sku)).toEqual({ available: 7, reserved: 0, sold: 3 });
    expect(await world.stockOf(other)).toEqual({ available: 4, reserved: 0, sold: 1 });
    expect((await history()).slice(1)).toEqual(['InventoryReserved', 'OrderShipped', 'ReservationConfirmed']);
  });

  test('again, or twice at once, sells once', async () => {
    await world.stock(sku, 10);
    await world.order(orderId, { [sku]: 3 });
    await reserve();
    await Promise.all([ship(), confirm().catch(() => undefined), confirm().catch(() => undefined)]);
    expect(await confirm()).toBe(4);
    expect(await world.stockOf(sku)).toEqual({ available: 7, reserved: 0, sold: 3 });
  });

  test('adds to what was sold before', async () => {
    await world.stock(sku, 10);
    for (const id of [newOrderId(), newOrderId()]) {
      await world.order(id, { [sku]: 2 });
      await reserve(id);
      await ship(id);
    }
    expect(await world.stockOf(sku)).toEqual({ available: 6, reserved: 0, sold: 4 });
  });

  test.each([
    ['released before', true],
    ['never made', false],
  ])('is refused for a reservation that was %s, and sells nothing', async (_name, isReleased) => {
    await world.stock(sku, 10);
    await world.order(orderId, { [sku]: 3 });
    if (isReleased) {
      await reserve();
      await release();
    }
    await expect(ship()).rejects.toThrow(ReservationNotHeld);
    expect(await world.stockOf(sku)).toEqual({ available: 10, reserved: 0 });
  });

  test('forbids a release afterwards, which would sell the goods again', async () => {
    await world.stock(sku, 10);
    await world.order(orderId, { [sku]: 3 });
    await reserve();
    await ship();
    await expect(release()).rejects.toThrow(ReservationNotHeld);
    expect(await world.stockOf(sku)).toEqual({ available: 7, reserved: 0, sold: 3 });
  });

  test('and releasing at once do one of the two', async () => {
    await world.stock(sku, 40);
    const ids = Array.from({ length: 10 }, newOrderId);
    for (const id of ids) {
      await world.order(id, { [sku]: 1 });
      await reserve(id);
    }
    await Promise.all(ids.map((id) => Promise.allSettled([ship(id), release(id)])));
    const reservations = await Promise.all(ids.map((id) => world.inventory.find(id)));
    const sold = reservations.filter(({ status }) => status === 'confirmed').length;
    const held = reservations.filter(({ status }) => status === 'held').length;
    expect(await world.stockOf(sku)).toMatchObject({ available: 40 - sold - held, reserved: held });
    expect((await world.stockOf(sku)).sold ?? 0).toBe(sold);
  });

  describe('of an order in two parcels', () => {
    let other: string;
    let first: ShipmentHandedOver['data'];
    let second: ShipmentHandedOver['data'];

    beforeEach(async () => {
      other = `OTHER-${sku}`;
      await world.stock(sku, 10);
      await world.stock(other, 5);
      await world.order(orderId, { [sku]: 3, [other]: 1 });
      await reserve();
      const parcel = (number: number, units: Readonly<Record<string, number>>) => ({
        shipmentId: shipmentIdOf(orderId, number),
        items: Object.entries(units).map(([name, quantity]) => ({ sku: name as Sku, quantity })),
        location: DEFAULT_LOCATION,
      });
      first = parcel(1, { [sku]: 2 });
      second = parcel(2, { [sku]: 1, [other]: 1 });
    });

    const counts = async () => [await world.stockOf(sku), await world.stockOf(other)];

    test('sells what is in the parcel that leaves, and keeps the rest', async () => {
      await orders.handOver(first);
      expect(await counts()).toEqual([
        { available: 7, reserved: 1, sold: 2 },
        { available: 4, reserved: 1 },
      ]);
      expect(await world.inventory.find(orderId)).toMatchObject({
        status: 'held',
        lines: [
          { sku, quantity: 1 },
          { sku: other, quantity: 1 },
        ],
      });
      const [confirmed] = (await world.log.read(orderId)).filter(({ type }) => type === 'ReservationConfirmed');
      expect(confirmed?.data).toEqual({
        lines: [{ sku, quantity: 2, location: 'main' }],
        shipmentId: first.shipmentId,
      });
    });

    test('each parcel once, whichever leaves first and however often its event comes', async () => {
      await orders.handOver(second);
      await orders.handOver(second, { again: true });
      await orders.handOver(first);
      await orders.handOver(second, { again: true });
      await orders.handOver(first, { again: true });
      expect(await counts()).toEqual([
        { available: 7, reserved: 0, sold: 3 },
        { available: 4, reserved: 0, sold: 1 },
      ]);
      const { status, ...sold } = await world.inventory.find(orderId);
      expect(status).toBe('confirmed');
      expect(unitsOf((sold as { lines: HeldLine[] }).lines)).toEqual(
        expect.arrayContaining([
          { sku, quantity: 3 },
          { sku: other, quantity: 1 },
        ]),
      );
      expect((await history()).filter((type) => type === 'ReservationConfirmed')).toHaveLength(2);
    });

    test('twice at once sells once', async () => {
      await Promise.all([
        orders.handOver(first),
        orders.handOver(first, { again: true }).catch(() => undefined),
        orders.handOver(first, { again: true }).catch(() => undefined),
      ]);
      await orders.handOver(first, { again: true });
      expect((await counts())[0]).toEqual({ available: 7, reserved: 1, sold: 2 });
    });

    test('forbids a release of the rest after it is sold', async () => {
      await orders.handOver(first);
      await orders.handOver(second);
      await expect(release()).rejects.toThrow(ReservationNotHeld);
    });

    test('and the event of the whole order sells nothing more than its parcels say', async () => {
      await orders.handOver(first);
      await ship();
      expect(await counts()).toEqual([
        { available: 7, reserved: 1, sold: 2 },
        { available: 4, reserved: 1 },
      ]);
    });
  });
});
