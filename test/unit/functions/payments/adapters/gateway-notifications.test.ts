/** The gateway's notifications, with the published vector, the official SDK and the simulated gateway. */
import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  gatewayNotifications,
  parseNotificationKey,
} from '../../../../../functions/payments/adapters/gateway-notifications.ts';
import { verifiedWebhook, webhookKey } from '../../../../../functions/payments/adapters/standard-webhook.ts';
import { paymentGateway } from '../../../../../partners/payment-gateway/program.ts';
import { type ServedChannel, serveChannel, serveMerchant } from '../../../../support/payments/served-channel.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const ORDER_ID = '0190f3a0-0000-7000-8000-000000000001';
const NOW = 1_614_265_330_000;
const keyOf = (text: object) => parseNotificationKey(JSON.stringify({ keyId: 'k-1', ...text }));
const readerOf = (text: object) => gatewayNotifications({ current: async () => keyOf(text) });

/** As the official SDK signs it. */
function signed(body: string, { secret = SECRET, id = 'msg_1', at = NOW } = {}) {
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(at / 1_000),
    'webhook-signature': new Webhook(secret).sign(id, new Date(at), body),
  };
  return { headers, rawBody: body, receivedAt: NOW };
}
const BODY = JSON.stringify({ type: 'payment.authorised', data: { key: ORDER_ID } });

describe('A signature of Standard Webhooks', () => {
  test('is that of the published vector', () => {
    const headers = {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    };
    const received = { headers, rawBody: '{"test": 2432232314}', receivedAt: NOW };
    expect(verifiedWebhook(received, [webhookKey(SECRET)])).toEqual({ ok: true, value: headers['webhook-id'] });
  });

  test('of the official SDK is believed, and tells the order', async () => {
    expect(await readerOf({ secret: SECRET }).verify(signed(BODY))).toEqual({
      ok: true,
      value: { orderId: ORDER_ID, notificationId: 'msg_1' },
    });
  });

  test('by the former secret is believed during a rotation, and one of several is enough', async () => {
    const reader = readerOf({ secret: Buffer.alloc(32, 7).toString('base64'), formerSecret: SECRET });
    expect(await reader.verify(signed(BODY))).toMatchObject({ ok: true });
    const { headers, ...rest } = signed(BODY);
    const several = { ...headers, 'webhook-signature': `v1a,other v1,AAAA ${headers['webhook-signature']}` };
    expect(await reader.verify({ headers: several, ...rest })).toMatchObject({ ok: true });
  });

  const good = signed(BODY);
  test.each([
    ['of another body', { ...good, rawBody: `${BODY} ` }],
    ['by somebody else', signed(BODY, { secret: `whsec_${Buffer.alloc(24, 1).toString('base64')}` })],
    ['of another id', { ...good, headers: { ...good.headers, 'webhook-id': 'msg_2' } }],
    ['that is too old', signed(BODY, { at: NOW - 301_000 })],
    ['of the future', signed(BODY, { at: NOW + 301_000 })],
    ['without a time', { ...good, headers: { ...good.headers, 'webhook-timestamp': 'NaN' } }],
    ['that is not there', { ...good, headers: {} }],
    ['that is empty', { ...good, headers: { ...good.headers, 'webhook-signature': 'v1,' } }],
    ['of no order of ours', signed(JSON.stringify({ data: { key: 'order-1' } }))],
    ['of no JSON', signed('x')],
  ])('%s is refused', async (_, received) => {
    expect(await readerOf({ secret: SECRET }).verify(received)).toMatchObject({ ok: false });
  });

  test.each([{ secret: 'short' }, { secret: 7 }, {}])(
    'needs a usable secret, and %j is none of which anything is shown',
    (text) => {
      expect(() => keyOf(text)).toThrow(/not usable: secret/);
    },
  );
});

describe('A notification of the simulated gateway', () => {
  let channel: ServedChannel;
  let merchant: Awaited<ReturnType<typeof serveMerchant>>;
  beforeAll(async () => {
    [channel, merchant] = await Promise.all([serveChannel(paymentGateway()), serveMerchant({ status: 204, text: '' })]);
    await channel.ask('PUT', '/v1/notification-endpoint', { url: merchant.url, secret: SECRET });
  });
  afterAll(() => Promise.all([channel.close(), merchant.close()]));

  const answer = async (key: string, given: 'pass' | 'fail') => {
    await channel.ask('PUT', `/v1/payments/${key}`, { amount: 8_800, currency: 'CNY', token: 'tok_3ds' });
    await fetch(`${channel.url}/challenge/${key}`, { method: 'POST', body: new URLSearchParams({ answer: given }) });
    const { headers, text } = await merchant.next();
    return { headers: headers as Record<string, string>, rawBody: text, receivedAt: Date.now() };
  };

  test.each([
    ['pass', 'payment.authorised'],
    ['fail', 'payment.declined'],
  ] as const)('tells when the customer’s answer was %s, as the official SDK reads it', async (given, type) => {
    const key = randomUUID();
    const received = await answer(key, given);
    expect(new Webhook(SECRET).verify(received.rawBody, received.headers)).toMatchObject({ type, data: { key } });
    expect(await readerOf({ secret: SECRET }).verify(received)).toMatchObject({ ok: true, value: { orderId: key } });
  });

  test('is the same each time that it is sent, and refused when it is forged', async () => {
    const key = randomUUID();
    const first = await readerOf({ secret: SECRET }).verify(await answer(key, 'pass'));
    const { notifications } = await channel.ask<{ notifications: { id: number }[] }>(
      'GET',
      `/v1/notifications?key=${key}`,
    );
    const again = async (forged: boolean) => {
      await channel.ask('POST', `/v1/notifications/${notifications[0]!.id}/send`, { forged });
      const { headers, text } = await merchant.next();
      const received = { headers: headers as Record<string, string>, rawBody: text, receivedAt: Date.now() };
      return readerOf({ secret: SECRET }).verify(received);
    };
    expect(await again(false)).toEqual(first);
    expect(await again(true)).toMatchObject({ ok: false });
  });
});
