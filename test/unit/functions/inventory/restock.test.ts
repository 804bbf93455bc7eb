import { beforeEach, describe, expect, test } from 'vitest';
import { restockReturn } from '../../../../functions/inventory/application/restock.ts';
import type { RecordedOrderEvent, ReturnReceived } from '../../../../functions/published/order-events.ts';
import type { Sku } from '../../../../functions/shared/kernel/ids.ts';
import { InMemoryInventory } from '../../../support/fakes/in-memory-inventory.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { InMemoryStock } from '../../../support/fakes/in-memory-stock.ts';
import { ONE_SOURCE } from '../../../support/orders/reserve-settings.ts';
import { CUSTOMER_ID, created, EVENTS, line, newEvent, ORDER_ID, START } from '../../../support/orders/streams.ts';

const sku: Sku = line().sku;
let log: InMemoryOrderLog;
let inventory: InMemoryInventory;
let stock: InMemoryStock;

const restock = (data: Pick<ReturnReceived['data'], 'accepted' | 'damaged'>) => {
  const event: ReturnReceived = {
    type: 'ReturnReceived',
    data: { customerId: CUSTOMER_ID, returnId: 'return-1', rejected: [], ...data },
  };
  const received = { ...newEvent(event, 5), orderId: ORDER_ID, version: 6 } as RecordedOrderEvent<ReturnReceived>;
  return restockReturn({ log, inventory, stock, now: () => START }, received);
};

beforeEach(async () => {
  log = new InMemoryOrderLog();
  await log.append(ORDER_ID, 0, [newEvent(created([line(sku, 3)]))]);
  inventory = new InMemoryInventory(log);
  stock = new InMemoryStock(inventory);
  inventory.stock(sku, 10);
  const wanted = { lines: [{ sku, quantity: 3 }], sources: ONE_SOURCE };
  await inventory.reserve(ORDER_ID, wanted, () => newEvent(EVENTS.reserved, 1), 2);
});

describe('Returned goods', () => {
  test('are back in stock, or damaged, as the receipt says, once', async () => {
    const receipt = { accepted: [{ sku, quantity: 3 }], damaged: [{ sku, quantity: 1 }] };
    await restock(receipt);
    await restock(receipt);
    expect(await stock.find(sku)).toMatchObject({ available: 9, reserved: 0, sold: 0, damaged: 1, received: 10 });
    const events = await stock.log.read(sku);
    expect(events.map(({ type, data }) => ({ type, data }))).toEqual([
      { type: 'StockOpened', data: { available: 7, reserved: 0, sold: 3 } },
      { type: 'StockReturned', data: { quantity: 2, condition: 'sellable', orderId: ORDER_ID, returnId: 'return-1' } },
      { type: 'StockReturned', data: { quantity: 1, condition: 'damaged', orderId: ORDER_ID, returnId: 'return-1' } },
    ]);
    expect(events.at(-1)!.actor).toEqual({ type: 'system', id: 'RestockReturns' });
  });

  test('of an order that an earlier release delivered have left first', async () => {
    expect(await inventory.find(ORDER_ID)).toMatchObject({ status: 'held' });
    await restock({ accepted: [{ sku, quantity: 1 }] });
    expect(await inventory.find(ORDER_ID)).toMatchObject({ status: 'confirmed' });
    expect(await stock.find(sku)).toMatchObject({ available: 8, sold: 2 });
  });

  test('of which none was accepted change nothing', async () => {
    await restock({ accepted: [] });
    expect(await stock.log.read(sku)).toEqual([]);
  });

  test('that were never sold wait for a person', async () => {
    await expect(restock({ accepted: [{ sku: 'OTHER' as Sku, quantity: 1 }] })).rejects.toThrow('Correct the stock.');
  });
});
