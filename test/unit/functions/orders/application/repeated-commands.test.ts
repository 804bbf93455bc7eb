import { beforeEach, describe, expect, test } from 'vitest';
import type { OrderCommand } from '../../../../../functions/orders/domain/decide/decide.ts';
import {
  ANOTHER,
  change,
  dispatchedOrders,
  OTHER_ID,
  refund,
  ship,
  shippingAddress,
} from '../../../../support/orders/dispatched-orders.ts';
import { HAPPY_PATH, ORDER_ID } from '../../../../support/orders/streams.ts';

let orders: Awaited<ReturnType<typeof dispatchedOrders>>;
let log: typeof orders.log;
let send: typeof orders.send;
beforeEach(async () => {
  orders = await dispatchedOrders();
  ({ log, send } = orders);
});

describe('A command that is sent again', () => {
  test('succeeds though its own effect now stands against it, and has no other', async () => {
    await send(ship, { id: ANOTHER });
    expect(await send(refund)).toMatchObject({ ok: true, value: { version: 9 } });
    expect(await send(refund)).toMatchObject({ ok: true, value: { version: 9 } });
    expect(await log.read(ORDER_ID)).toHaveLength(9);
    expect(await send(refund, { id: '0190f3a0-0000-7000-8000-0000000000c3' })).toMatchObject({
      ok: false,
      refusal: { kind: 'nothing-to-refund' },
    });
  });

  test('has no second effect though nothing stands against it', async () => {
    const amount: OrderCommand = { ...refund, scope: { type: 'amount', amount: { amount: 1, currency: 'CNY' } } };
    await send(amount);
    await send(ship, { id: ANOTHER });
    expect(await send(amount)).toMatchObject({
      ok: true,
      value: { status: 'shipped', version: 9, refunds: [{ refundId: 'refund-1' }] },
    });
    expect(await log.read(ORDER_ID)).toHaveLength(9);
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

  test('by a sender that may not see the order finds none', async () => {
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
