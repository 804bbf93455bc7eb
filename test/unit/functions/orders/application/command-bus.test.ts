import { beforeEach, describe, expect, test } from 'vitest';
import { type CommandEnvelope, dispatch } from '../../../../../functions/orders/application/command-bus.ts';
import type { OrderCommand } from '../../../../../functions/orders/domain/decide/decide.ts';
import { fold } from '../../../../../functions/orders/domain/evolve.ts';
import { type CorrelationId, parseOrderId } from '../../../../../functions/shared/kernel/ids.ts';
import {
  ANOTHER,
  COMMAND_ID,
  dispatchedOrders,
  NOW,
  OTHER_ID,
  refund,
  ship,
} from '../../../../support/orders/dispatched-orders.ts';
import { commandOf } from '../../../../support/orders/lifecycle.ts';
import { created, EVENTS, ORDER_ID } from '../../../../support/orders/streams.ts';

let orders: Awaited<ReturnType<typeof dispatchedOrders>>;
let log: typeof orders.log;
let send: typeof orders.send;
beforeEach(async () => {
  orders = await dispatchedOrders();
  ({ log, send } = orders);
});

describe('A command that is carried out', () => {
  test('resolves to the order as its stream is now', async () => {
    const answer = await send(ship);
    expect(answer).toEqual({ ok: true, value: fold(await log.read(ORDER_ID)) });
    expect(answer).toMatchObject({ value: { status: 'shipped', version: 8 } });
  });

  test('records its sender, its time and its cause on its events', async () => {
    await send(ship, { correlationId: 'corr-9' as CorrelationId });
    expect((await log.read(ORDER_ID)).at(-1)).toEqual({
      type: 'OrderShipped',
      data: {},
      orderId: ORDER_ID,
      version: 8,
      eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      actor: { type: 'operator', id: 'O-1' },
      occurredAt: new Date(NOW).toISOString(),
      correlationId: 'corr-9',
      causationId: 'request-1',
    });
  });

  test('by a step keeps the correlation of the saga, which the order’s first event started', async () => {
    await dispatch(orders.deps, {
      id: COMMAND_ID,
      command: { ...commandOf('CancelOrder'), orderId: OTHER_ID },
      actor: { type: 'system', id: 'CancelOrder' },
    });
    const [placed, cancelled] = await log.read(OTHER_ID);
    expect(cancelled).toMatchObject({ correlationId: placed!.correlationId, causationId: placed!.eventId });
  });

  test('that creates an order must name its request', async () => {
    const create: OrderCommand = { type: 'CreateOrder', orderId: parseOrderId(COMMAND_ID), ...created().data };
    await expect(
      dispatch(orders.deps, { id: COMMAND_ID, command: create, actor: { type: 'customer', id: 'C-1' } }),
    ).rejects.toThrow(/does not say for which request/);
    expect(log.appends).toBe(0);
  });
});

describe('A command that loses the race for the next version', () => {
  test('is decided again, on the events that were appended in between', async () => {
    await send(ship, { id: ANOTHER });
    log.ahead.push([
      { type: 'RefundRequested', data: { refundId: 'theirs', amount: { amount: 1_000, currency: 'CNY' }, lines: [] } },
    ]);
    expect(await send(refund)).toMatchObject({
      ok: true,
      value: { version: 10, refunds: [{ amount: { amount: 1_000 } }, { amount: { amount: 3_500 } }] },
    });
    expect(log.appends).toBe(3);
  });

  test('is refused when it is not possible any more', async () => {
    log.ahead.push([{ type: 'OrderShipped', data: {} }]);
    expect(await send(ship)).toMatchObject({
      ok: false,
      refusal: { kind: 'illegal-transition', from: 'shipped', to: 'shipped' },
    });
    expect(await log.read(ORDER_ID)).toHaveLength(7);
  });

  test('is refused when its sender has decided on the version before', async () => {
    log.ahead.push([EVENTS.parked]);
    expect(await send(ship, { expectedVersion: 6 })).toEqual({
      ok: false,
      refusal: { kind: 'version-mismatch', expected: 6, actual: 7 },
    });
  });

  test('four times is carried out, five times gives up and has done nothing', async () => {
    log.ahead.push(...Array.from({ length: 4 }, () => [EVENTS.parked]));
    expect(await send(ship)).toMatchObject({ ok: true, value: { version: 12 } });
    expect(log.appends).toBe(5);
    log.ahead.push(...Array.from({ length: 5 }, () => [EVENTS.parked]));
    await expect(send({ type: 'DeliverOrder', orderId: ORDER_ID }, { id: ANOTHER })).rejects.toMatchObject({
      name: 'ConcurrencyConflict',
      message: expect.stringContaining('DeliverOrder'),
    });
    expect(log.appends).toBe(10);
    expect((await log.read(ORDER_ID)).map(({ type }) => type)).not.toContain('OrderDelivered');
  });
});

describe('A command on an order that the sender', () => {
  test('has seen at another version is refused, and names both', async () => {
    expect(await send(ship, { expectedVersion: 5 })).toEqual({
      ok: false,
      refusal: { kind: 'version-mismatch', expected: 5, actual: 6 },
    });
    expect(await send(ship, { expectedVersion: 6 })).toMatchObject({ ok: true });
  });

  test.each<[string, OrderCommand, Partial<CommandEnvelope>]>([
    ['may not see', ship, { isOpenTo: () => false }],
    ['may not see, at any version', ship, { isOpenTo: () => false, expectedVersion: 1 }],
    ['has made up', { ...ship, orderId: parseOrderId(ANOTHER) }, {}],
  ])('%s finds none', async (_, command, over) => {
    expect(await send(command, over)).toEqual({ ok: false, refusal: { kind: 'order-not-found' } });
    expect(log.appends).toBe(0);
  });
});
