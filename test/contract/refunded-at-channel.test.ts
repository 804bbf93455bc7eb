/** What somebody refunds at the channel itself, at channels that show a refund only to whoever names its number. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { refundNumberOf } from '../../functions/payments/adapters/our-number.ts';
import { type OrderId, parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { money } from '../../functions/shared/kernel/money.ts';
import { alipayWorld, type ChannelWorld, wechatPayWorld } from '../support/payments/channels.ts';

const cny = (amount: number) => money(amount, 'CNY');
const total = cny(8_805);

describe.each([
  ['Alipay', () => alipayWorld('key')],
  ['WeChat Pay', () => wechatPayWorld()],
] as const)('A refund that somebody makes at %s', (_, makeWorld) => {
  let world: ChannelWorld;
  let orderId: OrderId;
  beforeAll(async () => {
    world = await makeWorld();
  });
  afterAll(() => world?.close());
  beforeEach(async () => {
    orderId = parseOrderId(randomUUID());
    world.told.length = 0;
    await world.gateway.authorise(orderId, total, world.terms);
    await world.pay(orderId);
    await verified();
  });
  /** What the next notification about the order says. */
  async function verified() {
    for (;;) {
      const { headers, text } = await world.merchant.next();
      const told = { headers: headers as Record<string, string>, rawBody: text, receivedAt: Date.now() };
      const result = await world.notifications.verify(told);
      if (!result.ok) throw new Error(result.refusal);
      // Nobody has waited for the last ones of the test before.
      if (result.value.orderId === orderId) return result.value;
    }
  }
  const refundThere = async (amount: number): Promise<string> => {
    await world.refundThere(orderId, amount);
    const { ofRefund, refundNumber } = await verified();
    expect(ofRefund).toBe(true);
    return refundNumber!;
  };
  const refund = (refundId: string, amount: number) => world.gateway.refund(orderId, refundId, cny(amount));

  test('is seen under the number of which the channel has told, and leaves the rest alone', async () => {
    const number = await refundThere(805);
    expect(await world.gateway.find(orderId)).toMatchObject({ status: 'captured', refunds: [] });
    world.told.push(number);
    expect(await world.gateway.find(orderId)).toMatchObject({ refunds: [{ refundId: number, amount: cny(805) }] });
    expect(await refund('r-1', 8_001)).toMatchObject({ status: 'captured', refunds: [{ refundId: number }] });
    expect(await refund('r-1', 8_000)).toMatchObject({ status: 'refunded' });
    expect((await world.ledger(orderId)).filter((kind) => kind === 'refund')).toHaveLength(2);
  });

  test('never gives back more than was taken, also when nothing tells of it', async () => {
    await refundThere(8_000);
    const after = await refund('r-1', 806);
    expect(after).toMatchObject({ status: 'captured', refunds: [] });
    expect((await world.ledger(orderId)).filter((kind) => kind === 'refund')).toHaveLength(1);
  });

  test('is none of ours, of which the channel tells as well', async () => {
    await refund('r-1', 805);
    const { refundNumber } = await verified();
    expect(refundNumber).toBe(refundNumberOf(orderId, 'r-1'));
    world.told.push(refundNumber!);
    expect(await world.gateway.find(orderId)).toMatchObject({ refunds: [{ refundId: 'r-1', amount: cny(805) }] });
  });

  test('of another order is none of this one', async () => {
    const number = await refundThere(805);
    const other = parseOrderId(randomUUID());
    await world.gateway.authorise(other, total, world.terms);
    await world.pay(other);
    world.told.push(number);
    expect(await world.gateway.find(other)).toMatchObject({ status: 'captured', refunds: [] });
  });

  test('is nothing when the channel does not know the number', async () => {
    world.told.push('12345678901234567890');
    expect(await world.gateway.find(orderId)).toMatchObject({ status: 'captured', refunds: [] });
  });
});
