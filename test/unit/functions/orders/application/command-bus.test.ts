import { beforeEach, describe, expect, test } from '@jest/globals';
import { type CommandEnvelope, dispatch } from '../../../../../functions/orders/application/command-bus.ts';
import type { OrderCommand } from '../../../../../functions/orders/domain/commands.ts';
import { fold } from '../../../../../functions/orders/domain/evolve.ts';
import type { OrderEvent } from '../../../../../functions/published/order-events.ts';
import { type CorrelationId, parseOrderId } from '../../../../../functions/shared/kernel/ids.ts';
import { InMemoryOrderLog } from '../../../../support/fakes/in-memory-order-log.ts';
import { InMemorySnapshots } from '../../../../support/fakes/in-memory-snapshots.ts';
import { created, EVENTS, HAPPY_PATH, newEvent, ORDER_ID, START } from '../../../../support/orders/streams.ts';

const OTHER_ID = parseOrderId('0190f3a0-0000-7000-8000-000000000002');
const COMMAND_ID = '0190f3a0-0000-7000-8000-0000000000c1';
const ANOTHER = '0190f3a0-0000-7000-8000-0000000000c2';
const A_THIRD = '0190f3a0-0000-7000-8000-0000000000c3';
const shippingAddress = { ...created().data.shippingAddress, street: '1 Elsewhere Road' };

/** A log in which others may be quicker. */
class ContestedLog extends InMemoryOrderLog {
  /** What others append right before each append, one after the other. */
  readonly ahead: (readonly OrderEvent[])[] = [];
  appends = 0;

  override async append(...[orderId, version, ...rest]: Parameters<InMemoryOrderLog['append']>) {
    this.appends += 1;
    const theirs = this.ahead.shift() ?? [];
    const at = (await this.read(orderId)).length;
    await super.append(
      orderId,
      at,
      theirs.map((event, index) => newEvent(event, at + index)),
    );
    return super.append(orderId, version, ...rest);
  }
}

let log: ContestedLog;
beforeEach(async () => {
  log = new ContestedLog();
  await log.append(
    ORDER_ID,
    0,
    HAPPY_PATH.map((event, index) => newEvent(event, index)),
  );
  await log.append(OTHER_ID, 0, [newEvent(created(), 0, OTHER_ID)]);
  log.appends = 0;
});

const NOW = START + 60_000;
const send = (command: OrderCommand, over: Partial<CommandEnvelope> = {}) =>
  dispatch(
    { log, snapshots: new InMemorySnapshots(), now: () => NOW },
    {
      id: COMMAND_ID,
      command,
      causationId: 'request-1',
      actor: { type: 'operator', id: 'O-1' },
      ...over,
    },
  );
const refund: OrderCommand = { type: 'RefundOrder', orderId: ORDER_ID, refundId: 'refund-1', scope: { type: 'full' } };
const change: OrderCommand = { type: 'ChangeShippingAddress', orderId: OTHER_ID, shippingAddress };
const ship: OrderCommand = { type: 'ShipOrder', orderId: ORDER_ID };

describe('A command that is carried out', () => {
  test('resolves to the order as its stream now tells of it', async () => {
    const answer = await send(ship);
    expect(answer).toEqual({ ok: true, value: fold(await log.read(ORDER_ID)) });
    expect(answer).toMatchObject({ value: { status: 'shipped', version: 7 } });
  });

  test('puts who sent it, when, and why on its events', async () => {
    await send(ship, { correlationId: 'corr-9' as CorrelationId });
    expect((await log.read(ORDER_ID)).at(-1)).toEqual({
      type: 'OrderShipped',
      data: {},
      orderId: ORDER_ID,
      version: 7,
      eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      actor: { type: 'operator', id: 'O-1' },
      occurredAt: new Date(NOW).toISOString(),
      correlationId: 'corr-9',
      causationId: 'request-1',
    });
  });

  test('by a step carries on what the saga is at work for', async () => {
    await dispatch(
      { log, snapshots: new InMemorySnapshots(), now: () => NOW },
      {
        id: COMMAND_ID,
        command: { type: 'CancelOrder', orderId: OTHER_ID, reason: 'out_of_stock', parked: [] },
        actor: { type: 'system', id: 'CancelOrder' },
      },
    );
    const [placed, cancelled] = await log.read(OTHER_ID);
    expect(cancelled).toMatchObject({ correlationId: placed!.correlationId, causationId: placed!.eventId });
  });

  test('that makes an order has to say for which request', async () => {
    const create: OrderCommand = { type: 'CreateOrder', orderId: parseOrderId(COMMAND_ID), ...created().data };
    await expect(
      dispatch(
        { log, snapshots: new InMemorySnapshots(), now: () => NOW },
        { id: COMMAND_ID, command: create, actor: { type: 'customer', id: 'C-1' } },
      ),
    ).rejects.toThrow(/does not say for which request/);
    expect(log.appends).toBe(0);
  });
});

describe('A command that loses the race for the next version', () => {
  test('is decided anew on what was appended meanwhile', async () => {
    await send(ship, { id: ANOTHER });
    log.ahead.push([
      { type: 'RefundRequested', data: { refundId: 'theirs', amount: { amount: 1_000, currency: 'CNY' }, lines: [] } },
    ]);
    expect(await send(refund)).toMatchObject({
      ok: true,
      value: { version: 9, refunds: [{ amount: { amount: 1_000 } }, { amount: { amount: 3_500 } }] },
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
    expect(await send(ship)).toMatchObject({ ok: true, value: { version: 11 } });
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
    ['may not know of', ship, { isOpenTo: () => false }],
    ['may not know of, at whatever version', ship, { isOpenTo: () => false, expectedVersion: 1 }],
    ['has made up', { ...ship, orderId: parseOrderId(ANOTHER) }, {}],
  ])('%s finds none', async (_, command, over) => {
    expect(await send(command, over)).toEqual({ ok: false, refusal: { kind: 'order-not-found' } });
    expect(log.appends).toBe(0);
  });
});

describe('A command that is sent again', () => {
  test('succeeds though its own effect now stands against it, and has no other', async () => {
    await send(ship, { id: ANOTHER });
    expect(await send(refund)).toMatchObject({ ok: true, value: { version: 8 } });
    expect(await send(refund)).toMatchObject({ ok: true, value: { version: 8 } });
    expect(await log.read(ORDER_ID)).toHaveLength(8);
    expect(await send(refund, { id: A_THIRD })).toMatchObject({ ok: false, refusal: { kind: 'nothing-to-refund' } });
  });

  test('has no second effect though nothing stands against it', async () => {
    const amount: OrderCommand = { ...refund, scope: { type: 'amount', amount: { amount: 1, currency: 'CNY' } } };
    await send(amount);
    await send(ship, { id: ANOTHER });
    expect(await send(amount)).toMatchObject({
      ok: true,
      value: { status: 'shipped', version: 8, refunds: [{ refundId: 'refund-1' }] },
    });
    expect(await log.read(ORDER_ID)).toHaveLength(8);
  });

  test('though it had nothing to do at first still has nothing to do', async () => {
    const cancel: OrderCommand = { type: 'RequestCancellation', orderId: OTHER_ID, reason: 'customer_request' };
    await send(cancel);
    expect(await send(cancel, { id: ANOTHER })).toMatchObject({
      ok: true,
      value: { status: 'cancelling', version: 2 },
    });
    expect(await send(cancel, { id: ANOTHER })).toMatchObject({ ok: true, value: { version: 2 } });
    expect(await log.read(OTHER_ID)).toHaveLength(2);
  });

  test('succeeds though it has itself moved the order on from the version that was expected', async () => {
    expect(await send(change, { expectedVersion: 1 })).toMatchObject({ ok: true, value: { version: 2 } });
    expect(await send(change, { expectedVersion: 1 })).toMatchObject({
      ok: true,
      value: { version: 2, shippingAddress },
    });
    expect(await log.read(OTHER_ID)).toHaveLength(2);
    expect(await send(change, { id: ANOTHER, expectedVersion: 1 })).toEqual({
      ok: false,
      refusal: { kind: 'version-mismatch', expected: 1, actual: 2 },
    });
  });

  test('while the first one is under way has no effect of its own', async () => {
    const answers = await Promise.all([send(change), send(change)]);
    expect(answers).toMatchObject([
      { ok: true, value: { version: 2 } },
      { ok: true, value: { version: 2 } },
    ]);
    expect(await log.read(OTHER_ID)).toHaveLength(2);
  });

  test('by somebody who may not know of the order finds none', async () => {
    await send(change);
    expect(await send(change, { isOpenTo: () => false })).toEqual({ ok: false, refusal: { kind: 'order-not-found' } });
  });

  test('about another order changes neither', async () => {
    await send(change);
    expect(await send(ship)).toEqual({ ok: false, refusal: { kind: 'command-reused' } });
    expect(await log.read(ORDER_ID)).toHaveLength(HAPPY_PATH.length);
  });

  test.each([
    ['could be carried out', 1],
    ['could not', 4_500],
  ])('and now asks for something else, be it that it %s, is refused', async (_, amount) => {
    const refundOf = (fen: number): OrderCommand => ({
      ...refund,
      scope: { type: 'amount', amount: { amount: fen, currency: 'CNY' } },
    });
    await send(refundOf(4_499), { requestHash: 'one' });
    expect(await send(refundOf(amount), { requestHash: 'two' })).toEqual({
      ok: false,
      refusal: { kind: 'command-reused' },
    });
    expect(await send(refundOf(4_499), { requestHash: 'one' })).toMatchObject({ ok: true, value: { version: 7 } });
    expect(await log.read(ORDER_ID)).toHaveLength(7);
  });
});
