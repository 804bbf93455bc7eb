/** What every reader of a channel's notifications does, with what the simulated channel sends. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ReceivedNotification } from '../../functions/payments/application/notification-ports.ts';
import { type OrderId, parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { money } from '../../functions/shared/kernel/money.ts';
import { alipayWorld, type ChannelWorld, wechatPayWorld } from '../support/payments/channels.ts';

describe.each([
  ['Alipay, with its key', () => alipayWorld('key')],
  ['Alipay, with certificates', () => alipayWorld('certificates')],
  ['WeChat Pay', () => wechatPayWorld()],
  ['WeChat Pay, with certificates that are fetched', () => wechatPayWorld('certificates')],
] as const)('A notification of %s', (_, makeWorld) => {
  let world: ChannelWorld;
  let orderId: OrderId;
  beforeAll(async () => {
    world = await makeWorld();
  });
  afterAll(() => world?.close());
  beforeEach(async () => {
    orderId = parseOrderId(randomUUID());
    await world.gateway.authorise(orderId, money(8_805, 'CNY'), world.terms);
  });

  const received = async (): Promise<ReceivedNotification> => {
    const { headers, text } = await world.merchant.next();
    return { headers: headers as Record<string, string>, rawBody: text, receivedAt: Date.now() };
  };

  test('tells which order was paid, and the same each time', async () => {
    await world.pay(orderId);
    const notification = await received();
    const first = await world.notifications.verify(notification);
    expect(first).toEqual({ ok: true, value: { orderId, notificationId: expect.stringMatching(/^[\w-]{32,36}$/) } });
    expect(await world.notifications.verify(notification)).toEqual(first);
  });

  test('tells which order had a refund', async () => {
    await world.pay(orderId);
    const { notificationId: paid } = valueOf(await world.notifications.verify(await received()));
    await world.gateway.refund(orderId, 'r-1', money(5, 'CNY'));
    const refunded = valueOf(await world.notifications.verify(await received()));
    expect(refunded.orderId).toBe(orderId);
    expect(refunded.notificationId).not.toBe(paid);
  });

  test('is refused when a byte of it is another one, and when somebody else has signed it', async () => {
    await world.pay(orderId);
    const notification = await received();
    const { rawBody } = notification;
    for (const changed of [
      '',
      'x',
      rawBody.replace(/\d/, (digit) => String((Number(digit) + 1) % 10)),
      `${rawBody}&a=b`,
    ]) {
      expect(await world.notifications.verify({ ...notification, rawBody: changed })).toMatchObject({ ok: false });
    }
    await world.sendAgain(orderId, { forged: true });
    expect(await world.notifications.verify(await received())).toMatchObject({ ok: false });
    await world.sendAgain(orderId);
    expect(await world.notifications.verify(await received())).toMatchObject({ ok: true });
  });

  test('is refused when it was for another merchant', async () => {
    const other = await makeWorld();
    await other.gateway.authorise(orderId, money(8_805, 'CNY'), other.terms);
    await other.pay(orderId);
    const { headers, text } = await other.merchant.next();
    await other.close();
    const notification = { headers: headers as Record<string, string>, rawBody: text, receivedAt: Date.now() };
    expect(await world.notifications.verify(notification)).toMatchObject({ ok: false });
  });
});

function valueOf<Value>(result: { readonly ok: true; readonly value: Value } | { readonly ok: false }): Value {
  if (!result.ok) throw new Error('It was refused.');
  return result.value;
}
