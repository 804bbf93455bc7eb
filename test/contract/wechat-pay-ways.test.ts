/** How the customer gets to WeChat Pay, at the simulated channel on its real protocol. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { numberOf } from '../../functions/payments/adapters/our-number.ts';
import type { PaymentMethod } from '../../functions/published/order-events.ts';
import { parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { money } from '../../functions/shared/kernel/money.ts';
import { wechatPayWorld } from '../support/payments/channels.ts';

let world: Awaited<ReturnType<typeof wechatPayWorld>>;
beforeAll(async () => {
  world = await wechatPayWorld();
});
afterAll(() => world.close());

const total = money(8_805, 'CNY');

async function opened(method: PaymentMethod) {
  const orderId = parseOrderId(randomUUID());
  const payment = await world.gateway.authorise(orderId, total, { ...world.terms, method });
  if (payment.status !== 'pending' || payment.action === undefined) throw new Error(`It is ${payment.status}.`);
  return { orderId, action: payment.action };
}

test('A customer with a phone opens a page, and pays there', async () => {
  const { orderId, action } = await opened({ type: 'wechat_pay', via: 'h5', customerIp: '2001:db8::7' });
  expect(action).toEqual({ type: 'redirect', url: expect.stringMatching(/^http/) });
  if (action.type !== 'redirect') return;
  expect(await (await fetch(action.url)).text()).toContain(`/v1/orders/${numberOf(orderId)}/act`);
});

test('A page within WeChat pays with the parameters that we have signed, and with no others', async () => {
  const { orderId, action } = await opened({
    type: 'wechat_pay',
    via: 'jsapi',
    openId: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  });
  const parameters = action.type === 'app' ? action.parameters : {};
  const bridge = (given: object) => world.bridge(orderId, given);
  await expect(bridge({ ...parameters, nonceStr: 'another' })).rejects.toThrow(/401.*SIGN_ERROR/);
  const other = await opened({ type: 'wechat_pay', via: 'jsapi', openId: 'o1' });
  await expect(bridge(other.action.type === 'app' ? other.action.parameters : {})).rejects.toThrow(/401/);
  expect(await world.gateway.find(orderId)).toMatchObject({ status: 'pending' });

  await bridge(parameters);
  expect(await world.gateway.find(orderId)).toMatchObject({ status: 'captured', amount: total });
});

test('A merchant without platform keys is told of payments before and after WeChat Pay has renewed its certificate', async () => {
  const fetching = await wechatPayWorld('certificates');
  const pays = async (): Promise<string> => {
    const orderId = parseOrderId(randomUUID());
    await fetching.gateway.authorise(orderId, total, fetching.terms);
    await fetching.pay(orderId);
    const { headers, text } = await fetching.merchant.next();
    const notification = { headers: headers as Record<string, string>, rawBody: text, receivedAt: Date.now() };
    expect(await fetching.notifications.verify(notification)).toMatchObject({ ok: true, value: { orderId } });
    expect(await fetching.gateway.find(orderId)).toMatchObject({ status: 'captured' });
    return String(headers['wechatpay-serial']);
  };
  const before = await pays();
  const { serial } = (await fetching.renewCertificate()) as { serial: string };
  expect([before, await pays()]).toEqual([expect.stringMatching(/^[0-9A-F]{32}$/), serial]);
  expect(before).not.toBe(serial);
  await fetching.close();
});
