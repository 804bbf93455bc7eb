/** Refunds that have failed after they were accepted, at channels that never use a number again. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PaymentPending } from '../../functions/payments/domain/errors.ts';
import { EXCESS } from '../../functions/published/order-refunds.ts';
import { type OrderId, parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { money } from '../../functions/shared/kernel/money.ts';
import { ORDER_ID } from '../support/orders/streams.ts';
import { bankWorld } from '../support/payments/bank-world.ts';
import { wechatPayWorld } from '../support/payments/channels.ts';

const cny = (amount: number) => money(amount, 'CNY');
const REFUND = 'r-1';

describe('A refund that WeChat Pay has closed', () => {
  let world: Awaited<ReturnType<typeof wechatPayWorld>>;
  beforeAll(async () => {
    world = await wechatPayWorld();
  });
  afterAll(() => world.close());

  /** A paid order of which a part goes back. */
  async function refunding() {
    const orderId = parseOrderId(randomUUID());
    await world.gateway.authorise(orderId, cny(8_805), world.terms);
    await world.pay(orderId);
    const refund = (isAgain?: boolean) => world.gateway.refund(orderId, REFUND, cny(805), isAgain);
    await refund();
    return {
      orderId,
      refund,
      end: (attempt: number, as: 'SUCCESS' | 'CLOSED' | 'ABNORMAL') => world.endRefundAs(orderId, REFUND, attempt, as),
    };
  }
  /** How many refunds WeChat Pay has been asked for, whatever became of them. */
  const asked = async (orderId: OrderId) => {
    const payment = await world.gateway.find(orderId);
    return 'refunds' in payment ? payment.refunds.length + (payment.failed ?? []).length : 0;
  };

  test('is not made by itself, and under a further number each time that a person wants it', async () => {
    const { orderId, refund, end } = await refunding();
    await end(1, 'CLOSED');
    expect(await refund()).toMatchObject({ refunds: [], failed: [{ refundId: REFUND, amount: cny(805) }] });
    expect(await asked(orderId)).toBe(1);

    expect(await refund(true)).toMatchObject({ refunds: [{ refundId: REFUND }] });
    await refund(true);
    expect(await asked(orderId)).toBe(2);
    await end(2, 'CLOSED');
    expect(await world.gateway.find(orderId)).toMatchObject({ refunds: [], failed: [{}, {}] });

    await refund(true);
    await end(3, 'SUCCESS');
    const after = await world.gateway.find(orderId);
    expect(after).toMatchObject({ refunds: [{ refundId: REFUND, amount: cny(805) }], failed: [{}, {}] });
    await refund(true);
    expect(await asked(orderId)).toBe(3);
  });

  test('and is abnormal has no other one beside it, whoever wants it', async () => {
    const { orderId, refund, end } = await refunding();
    await end(1, 'ABNORMAL');
    expect(await refund(true)).toMatchObject({ refunds: [], failed: [{ refundId: REFUND, isOpen: true }] });
    expect(await asked(orderId)).toBe(1);
    await end(1, 'SUCCESS');
    expect(await refund(true)).toMatchObject({ refunds: [{ refundId: REFUND }] });
    expect(await asked(orderId)).toBe(1);
  });
});

describe('A refund that the bank has refused', () => {
  test('is ordered under a further number each time that a person wants it, and paid out once', async () => {
    const world = await bankWorld();
    try {
      await expect(world.authorise()).rejects.toThrow(PaymentPending);
      await world.pay(world.total.amount);
      await world.authorise();
      const refund = async (isAgain?: boolean) => {
        await world.fail('transfer', 'pending');
        return world.gateway.refund(ORDER_ID, EXCESS, cny(700), isAgain);
      };
      expect(await refund()).toMatchObject({ refunds: [{ isPending: true }] });
      await world.end(EXCESS, 'RJCT');
      const refused = { refundId: EXCESS, amount: cny(700), reason: 'refused' };
      expect(await refund()).toMatchObject({ refunds: [], failed: [refused] });
      expect(await refund(true)).toMatchObject({ refunds: [{ isPending: true }], failed: [refused] });
      await world.end(EXCESS, 'RJCT', 2);
      await refund(true);
      await world.end(EXCESS, 'ACSC', 3);
      expect(await refund(true)).toMatchObject({ refunds: [{ refundId: EXCESS }], failed: [refused, refused] });
      expect((await world.paidOut()).map(([, amount]) => amount)).toEqual([700]);
    } finally {
      await world.close();
    }
  });
});
