import '../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import type {
  EventOf,
  Inventory,
  ReleaseOutcome,
  Reservation,
  ReserveOutcome,
} from '../../../../functions/inventory/application/ports.ts';
import { makeHandler as makeRelease } from '../../../../functions/inventory/release-inventory.ts';
import { makeHandler as makeReserve } from '../../../../functions/inventory/reserve-inventory.ts';
import type { InventoryReserved, NewOrderEvent } from '../../../../functions/published/order-events.ts';
import type { CorrelationId } from '../../../../functions/shared/kernel/ids.ts';
import { DEFAULT_LOCATION } from '../../../../functions/shared/kernel/location.ts';
import { fixedConfiguration } from '../../../support/fakes/fixed-configuration.ts';
import { InMemoryInventory } from '../../../support/fakes/in-memory-inventory.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { laggingLog } from '../../../support/fakes/lagging-log.ts';
import { CHANGE_ID, created, line, newEvent, ORDER_ID, priced, START } from '../../../support/orders/streams.ts';

/** An inventory that answers what the test wants to see handled; the real one is under test/contract. */
const answering = (
  answers: Partial<
    Record<'reserve', ReserveOutcome> &
      Record<'release', ReleaseOutcome> &
      Record<'find', Reservation> &
      Record<'forbid', boolean>
  >,
) => {
  const calls: unknown[][] = [];
  const inventory: Inventory = {
    find: async () => answers.find ?? { status: 'none' },
    reserve: async (...args) => (calls.push(args), answers.reserve ?? { kind: 'version-taken' }),
    adjust: async () => ({ kind: 'version-taken' }),
    confirm: async () => ({ kind: 'version-taken' }),
    release: async (...args) => (calls.push(args), answers.release ?? { kind: 'version-taken' }),
    backorder: async () => true,
    forbid: async () => answers.forbid ?? true,
  };
  return { inventory, calls };
};

let log: InMemoryOrderLog;
const now = () => START;
const configuration = fixedConfiguration({ inventory: { reservationSeconds: 90_000 } });
const step = { orderId: ORDER_ID };

beforeEach(async () => {
  log = new InMemoryOrderLog();
  await log.append(ORDER_ID, 0, [newEvent(created([line('MUG-BLUE', 2), line('TSHIRT', 1)]))]);
});

describe('Reserve inventory', () => {
  test('asks for the lines of the order at the next place of its stream', async () => {
    const { inventory, calls } = answering({ reserve: { kind: 'reserved' } });
    await makeReserve({ configuration, inventory, log, now })(step);
    const lines = [
      { sku: 'MUG-BLUE', quantity: 2 },
      { sku: 'TSHIRT', quantity: 1 },
    ];
    const sources = { locations: ['main'], fewest: false };
    expect(calls).toEqual([[ORDER_ID, { lines, sources }, expect.any(Function), 2]]);
    const [[, , eventOf]] = calls as [[unknown, unknown, EventOf<NewOrderEvent<InventoryReserved>>]];
    const allocated = [{ sku: line('TSHIRT').sku, quantity: 1, location: DEFAULT_LOCATION }];
    expect(eventOf(allocated)).toMatchObject({
      type: 'InventoryReserved',
      data: { lines: allocated, expiresAt: new Date(START + 90_000_000).toISOString() },
      actor: { type: 'system', id: 'ReserveInventory' },
    });
  });

  test.each([
    ['too little stock', { kind: 'out-of-stock', short: [{ sku: line('TSHIRT').sku, available: 0 }] }, 'OutOfStock'],
    ['a release that came first', { kind: 'released' }, 'ReservationReleased'],
    ['too little stock in an attempt before', { kind: 'released', short: [line('TSHIRT').sku] }, 'OutOfStock'],
  ] as const)('ends for good on %s', async (_, reserve, name) => {
    const { inventory, calls } = answering({ reserve });
    await expect(makeReserve({ configuration, inventory, log, now })(step)).rejects.toMatchObject({
      name,
      retryable: false,
      data: { orderId: ORDER_ID },
    });
    expect(calls).toHaveLength(1);
  });

  test('of too little stock keeps an earlier attempt, which is still on its way, from reserving what comes back', async () => {
    const inventory = new InMemoryInventory(log);
    inventory.stock('TSHIRT', 0);
    inventory.stock('MUG-BLUE', 2);
    await expect(makeReserve({ configuration, inventory, log, now })(step)).rejects.toMatchObject({
      name: 'OutOfStock',
    });
    inventory.stock('TSHIRT', 1);
    await expect(makeReserve({ configuration, inventory, log, now })(step)).rejects.toMatchObject({
      name: 'OutOfStock',
    });
    expect(inventory.stockOf('TSHIRT')).toEqual({ available: 1, reserved: 0 });
  });

  test('leaves it to the saga after five lost races', async () => {
    const { inventory, calls } = answering({});
    await expect(makeReserve({ configuration, inventory, log, now })(step)).rejects.toMatchObject({
      name: 'ConcurrencyConflict',
      retryable: true,
    });
    expect(calls).toHaveLength(5);
  });

  test('of an order that does not exist is OrderNotFound, and touches no stock', async () => {
    const { inventory, calls } = answering({});
    log = new InMemoryOrderLog();
    await expect(makeReserve({ configuration, inventory, log, now })(step)).rejects.toMatchObject({
      name: 'OrderNotFound',
    });
    expect(calls).toEqual([]);
  });
});

describe('Reserve inventory for an order whose last events are not to be seen everywhere yet', () => {
  test('reserves what the customer wants by then', async () => {
    await log.append(ORDER_ID, 1, [
      newEvent({ type: 'ItemsChanged', data: { changeId: CHANGE_ID, ...priced([line('TSHIRT', 1)]) } }, 1),
    ]);
    const inventory = new InMemoryInventory(log);
    inventory.stock('TSHIRT', 5);
    await makeReserve({ configuration, inventory, log: laggingLog(log, 1), now })(step);
    expect(await inventory.find(ORDER_ID)).toMatchObject({ status: 'held', lines: [{ sku: 'TSHIRT', quantity: 1 }] });
  });

  test('finds the order that was created a moment ago', async () => {
    const { inventory, calls } = answering({ reserve: { kind: 'reserved' } });
    await makeReserve({ configuration, inventory, log: laggingLog(log, 1), now })(step);
    expect(calls).toHaveLength(1);
  });

  test('reserves for one that was approved a moment ago, and not for one that is held', async () => {
    log = new InMemoryOrderLog();
    const held = created();
    await log.append(ORDER_ID, 0, [newEvent({ ...held, data: { ...held.data, review: 'required' } })]);
    const { inventory, calls } = answering({ reserve: { kind: 'reserved' } });
    const reserve = makeReserve({ configuration, inventory, log: laggingLog(log, 1), now });
    await expect(reserve(step)).rejects.toMatchObject({ name: 'OrderHeld' });
    await log.append(ORDER_ID, 1, [newEvent({ type: 'OrderApproved', data: {} }, 1)]);
    await reserve(step);
    expect(calls).toHaveLength(1);
  });

  test('reserves nothing for one that is to be cancelled', async () => {
    const inventory = new InMemoryInventory(log);
    for (const sku of ['MUG-BLUE', 'TSHIRT']) inventory.stock(sku, 5);
    await log.append(ORDER_ID, 1, [
      newEvent({ type: 'CancellationRequested', data: { reason: 'customer_request', from: 'created' } }, 1),
    ]);
    const reserving = makeReserve({ configuration, inventory, log: laggingLog(log, 1), now })({ ...step, attempt: 0 });
    await expect(reserving).rejects.toMatchObject({ name: 'CancellationRequested' });
    expect(await inventory.find(ORDER_ID)).toEqual({ status: 'none' });
  });
});

describe('Release inventory', () => {
  test('puts back what the reservation holds, which is what was taken', async () => {
    const lines = [{ sku: line('MUG-BLUE').sku, quantity: 2 }];
    const { inventory, calls } = answering({
      find: { status: 'held', lines },
      release: { kind: 'released' },
    });
    await makeRelease({ inventory, log, now })(step);
    expect(calls).toEqual([
      [ORDER_ID, lines, expect.objectContaining({ type: 'InventoryReleased', data: { lines } }), 2],
    ]);
  });

  test.each([
    ['released before', { find: { status: 'released' } }],
    ['never made', { find: { status: 'none' }, forbid: true }],
  ] as const)('of a reservation that was %s changes no stock and records nothing', async (_, answers) => {
    const { inventory, calls } = answering(answers);
    await makeRelease({ inventory, log, now })(step);
    expect(await log.read(ORDER_ID)).toHaveLength(1);
    expect(calls).toEqual([]);
  });

  test('for a cancellation is caused by its request, and the same fact as for any other reason', async () => {
    const answers = { find: { status: 'held', lines: [] }, release: { kind: 'released' } } as const;
    const recorded = async () => {
      const { inventory, calls } = answering(answers);
      await makeRelease({ inventory, log, now })(step);
      return calls[0]![2] as NewOrderEvent;
    };
    const before = await recorded();
    const request = {
      ...newEvent({ type: 'CancellationRequested', data: { reason: 'customer_request', from: 'created' } }),
      correlationId: 'corr-cancel' as CorrelationId,
    };
    await log.append(ORDER_ID, 1, [request]);
    expect(await recorded()).toEqual({ ...before, causationId: request.eventId, correlationId: 'corr-cancel' });
  });

  test('leaves it to the saga when the reservation never holds still', async () => {
    const { inventory } = answering({ find: { status: 'none' }, forbid: false });
    await expect(makeRelease({ inventory, log, now })(step)).rejects.toMatchObject({
      name: 'ConcurrencyConflict',
      retryable: true,
    });
  });
});
