import '../../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { makeHandler } from '../../../../../functions/inventory/adjust-reservation.ts';
import { releaseStock } from '../../../../../functions/inventory/application/release.ts';
import { reserveStock } from '../../../../../functions/inventory/application/reserve.ts';
import type { NewOrderEvent } from '../../../../../functions/published/order-events.ts';
import { fixedConfiguration } from '../../../../support/fakes/fixed-configuration.ts';
import { InMemoryInventory } from '../../../../support/fakes/in-memory-inventory.ts';
import { InMemoryOrderLog } from '../../../../support/fakes/in-memory-order-log.ts';
import { REFUSING } from '../../../../support/orders/reserve-settings.ts';
import {
  CHANGE_ID,
  changeRequested,
  created,
  EVENTS,
  line,
  newEvent,
  ORDER_ID,
  START,
} from '../../../../support/orders/streams.ts';

let log: InMemoryOrderLog;
let inventory: InMemoryInventory;
const now = () => START;
const order = { orderId: ORDER_ID };

beforeEach(async () => {
  log = new InMemoryOrderLog();
  inventory = new InMemoryInventory(log);
  inventory.stock('MUG-BLUE', 3);
  await log.append(ORDER_ID, 0, [newEvent(created([line('MUG-BLUE', 1)]))]);
});

const add = async (...events: readonly NewOrderEvent[]) =>
  log.append(ORDER_ID, (await log.read(ORDER_ID)).length, events);
const reserveOnly = () => reserveStock({ inventory, log, now }, { ...order, attempt: 0, canWait: true }, REFUSING);
const reserve = async () => {
  await reserveOnly();
  await add(newEvent(EVENTS.authorised));
};
/** Resolves to the version at which the order's stream ends then. */
const change = async () => {
  await makeHandler({ inventory, log, now, configuration: fixedConfiguration() })({ ...order, changeId: CHANGE_ID });
  return (await log.read(ORDER_ID)).length;
};
const last = async () => (await log.read(ORDER_ID)).at(-1);

describe('Making a change of items', () => {
  test('holds the new goods and records the change, as its request has caused it', async () => {
    await reserve();
    await add(changeRequested());
    expect(await change()).toBe(5);
    expect(inventory.stockOf('MUG-BLUE')).toEqual({ available: 1, reserved: 2 });
    expect(await last()).toMatchObject({
      type: 'ItemsChanged',
      data: changeRequested().data,
      actor: { type: 'system', id: 'AdjustReservation' },
      correlationId: 'corr-change',
      causationId: changeRequested().eventId,
    });
  });

  test('again changes nothing more', async () => {
    await reserve();
    await add(changeRequested());
    await change();
    expect(await change()).toBe(5);
    expect(inventory.stockOf('MUG-BLUE')).toEqual({ available: 1, reserved: 2 });
  });

  test('waits until the goods are reserved, so that it can be refused when there is too little', async () => {
    await add(newEvent(EVENTS.authorised), changeRequested([line('MUG-BLUE', 4)]));
    await expect(change()).rejects.toMatchObject({ name: 'ConcurrencyConflict', retryable: true });
    await reserveOnly();
    await expect(change()).rejects.toMatchObject({ name: 'OutOfStock' });
    expect(inventory.stockOf('MUG-BLUE')).toEqual({ available: 2, reserved: 1 });
  });

  test('to a dearer order waits until the payment is authorised, one to another order does not', async () => {
    await reserveOnly();
    await add(changeRequested());
    await expect(change()).rejects.toMatchObject({
      name: 'ConcurrencyConflict',
      message: expect.stringMatching(/ is to be authorised before its items can cost more\.$/),
    });
    await add(newEvent({ type: 'ItemsChangeRefused', data: { changeId: CHANGE_ID, reason: 'not_possible' } }));
    await add(changeRequested([line('MUG-RED', 1)]));
    inventory.stock('MUG-RED', 1);
    await change();
    expect(inventory.stockOf('MUG-BLUE')).toEqual({ available: 3, reserved: 0 });
  });

  test('starts over when the order goes on at the same moment', async () => {
    await reserve();
    await add(changeRequested());
    const find = inventory.find.bind(inventory);
    vi.spyOn(inventory, 'find').mockImplementationOnce(async (orderId) => {
      await add(newEvent({ type: 'AddressChanged', data: { shippingAddress: created().data.shippingAddress } }));
      return find(orderId);
    });
    expect(await change()).toBe(6);
    expect(inventory.stockOf('MUG-BLUE')).toEqual({ available: 1, reserved: 2 });
  });

  test('is refused whole when there is too little', async () => {
    await reserve();
    await add(changeRequested([line('MUG-BLUE', 4)]));
    await expect(change()).rejects.toMatchObject({ name: 'OutOfStock', data: { skus: ['MUG-BLUE'] } });
    expect(inventory.stockOf('MUG-BLUE')).toEqual({ available: 2, reserved: 1 });
    expect(await last()).toMatchObject({ type: 'ItemsChangeRequested' });
  });

  test.each([
    [
      'to be cancelled',
      async () =>
        void (await add(
          newEvent({ type: 'CancellationRequested', data: { reason: 'customer_request', from: 'created' } }),
        )),
    ],
    ['packed', async () => void (await add(newEvent(EVENTS.arranged)))],
    ['let go, which its stream will say soon', async () => void (await releaseStock({ inventory, log, now }, order))],
  ])('is not possible any more when the order is %s', async (_, happens) => {
    await reserve();
    await add(changeRequested());
    await happens();
    await expect(change()).rejects.toMatchObject({ name: 'ItemsChangeNotPossible', retryable: false });
    expect((await log.read(ORDER_ID)).map(({ type }) => type)).not.toContain('ItemsChanged');
  });

  test('of more articles than one transaction takes is not possible', async () => {
    await reserve();
    await add(changeRequested(Array.from({ length: 99 }, (_, index) => line(`ARTICLE-${index}`))));
    await expect(change()).rejects.toMatchObject({ name: 'ItemsChangeNotPossible' });
  });

  test('is left to the saga after five lost races', async () => {
    await reserve();
    await add(changeRequested());
    vi.spyOn(inventory, 'adjust').mockResolvedValue({ kind: 'version-taken' });
    await expect(change()).rejects.toMatchObject({ name: 'ConcurrencyConflict', retryable: true });
  });
});
