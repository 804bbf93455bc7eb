import '../../../support/platform/function-environment.ts';
import { expect, test } from 'vitest';
import { bodyOf } from '../../../support/api/invocations.ts';
import { orderBody } from '../../../support/api/order-requests.ts';
import { CreateOrderEndpoint } from '../../../support/orders/create-order-endpoint.ts';

const place = async (paymentMethod: object) => {
  const orders = new CreateOrderEndpoint();
  const { statusCode, ...answer } = await orders.create({ ...orderBody(), paymentMethod });
  const { errors = [] } = bodyOf({ statusCode, ...answer }) as { errors?: { pointer: string }[] };
  return { statusCode, pointers: errors.map(({ pointer }) => pointer), appended: orders.log.appended };
};

test.each([
  { type: 'alipay', via: 'wap' },
  { type: 'wechat_pay', via: 'qr_code' },
  { type: 'wechat_pay', via: 'h5', customerIp: '203.0.113.7' },
  { type: 'wechat_pay', via: 'h5', customerIp: '2001:db8::7' },
  { type: 'wechat_pay', via: 'jsapi', openId: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
])('An order is paid by $type via $via', async (paymentMethod) => {
  const { statusCode, appended } = await place(paymentMethod);
  expect(statusCode).toBe(202);
  expect(JSON.stringify(appended)).toContain(JSON.stringify(paymentMethod));
});

test.each([
  ['a page on a phone without the address of the customer', { via: 'h5' }, '/paymentMethod/customerIp'],
  ['an address that is none', { via: 'h5', customerIp: '203.0.113.700' }, '/paymentMethod/customerIp'],
  ['a page within WeChat without the customer there', { via: 'jsapi' }, '/paymentMethod/openId'],
  ['a customer there with spaces', { via: 'jsapi', openId: 'a b' }, '/paymentMethod/openId'],
  ['what another way needs', { via: 'qr_code', openId: 'o1' }, '/paymentMethod/openId'],
  ['a way that there is not', { via: 'fax' }, '/paymentMethod/via'],
])('WeChat Pay with %s is refused', async (_, way, pointer) => {
  expect(await place({ type: 'wechat_pay', ...way })).toEqual({ statusCode: 400, pointers: [pointer], appended: [] });
});
