/** Notifications of the card gateway, as the official SDK signs them. What the simulated gateway sends is in its own tests, and in the contract suite. */
import Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import {
  cardNotifications,
  parseNotificationKey,
} from '../../../../../../functions/payments/adapters/card/notifications.ts';
import { ORDER_ID } from '../../../../../support/orders/streams.ts';

const SECRET = `whsec_${'a1B2'.repeat(8)}`;
const OTHER = `whsec_${'c3D4'.repeat(8)}`;
const NOW = 1_795_000_000_000;
const stripe = new Stripe('sk_test_1');

const BODY = JSON.stringify({
  id: 'evt_1',
  object: 'event',
  type: 'payment_intent.amount_capturable_updated',
  data: { object: { id: 'pi_1', object: 'payment_intent', metadata: { order_id: ORDER_ID, attempt: '1' } } },
});
const keyOf = (text: object) => parseNotificationKey(JSON.stringify({ keyId: 'k-1', ...text }));
const readerOf = (text: object) => cardNotifications({ current: async () => keyOf(text) });

function signed(payload: string, { secret = SECRET, at = NOW } = {}) {
  const timestamp = Math.floor(at / 1_000);
  const header = stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
  return { headers: { 'stripe-signature': header }, rawBody: payload, receivedAt: NOW };
}
const signatureOf = (secret: string) => signed(BODY, { secret }).headers['stripe-signature'].split(',')[1]!;

describe('A notification that the official SDK has signed', () => {
  test('is believed, and tells the order and the event', async () => {
    expect(await readerOf({ secret: SECRET }).verify(signed(BODY))).toEqual({
      ok: true,
      value: { orderId: ORDER_ID, notificationId: 'evt_1' },
    });
  });

  test('is believed by the former secret during a rotation, and when one of several signatures is good', async () => {
    expect(await readerOf({ secret: OTHER, formerSecret: SECRET }).verify(signed(BODY))).toMatchObject({ ok: true });
    const { headers, ...rest } = signed(BODY, { secret: OTHER });
    const several = { 'stripe-signature': `${headers['stripe-signature']},${signatureOf(SECRET)},v0=6ffb` };
    expect(await readerOf({ secret: SECRET }).verify({ headers: several, ...rest })).toMatchObject({ ok: true });
    expect(stripe.webhooks.constructEvent(BODY, several['stripe-signature'], SECRET, 300, undefined, NOW)).toBeTruthy();
  });

  test('is believed for five minutes', async () => {
    for (const at of [NOW - 300_000, NOW + 300_000]) {
      expect(await readerOf({ secret: SECRET }).verify(signed(BODY, { at }))).toMatchObject({ ok: true });
    }
  });

  test.each([
    BODY.replaceAll(ORDER_ID, 'order-1'),
    '{"id":"evt_1","data":{"object":{"metadata":{}}}}',
    '{"id":"evt_1","data":{"object":{}}}',
  ])('is believed, and about no order, when it is about something else of the merchant: %s', async (body) => {
    expect(await readerOf({ secret: SECRET }).verify(signed(body))).toEqual({
      ok: true,
      value: { orderId: undefined, notificationId: 'evt_1' },
    });
  });

  const good = signed(BODY);
  test.each([
    ['about another body', { ...good, rawBody: BODY.replace('evt_1', 'evt_2') }],
    ['by somebody else', signed(BODY, { secret: OTHER })],
    ['too long ago', signed(BODY, { at: NOW - 301_000 })],
    ['in the future', signed(BODY, { at: NOW + 301_000 })],
    ['without a time', { ...good, headers: { 'stripe-signature': signatureOf(SECRET) } }],
    ['at no time', { ...good, headers: { 'stripe-signature': `t=NaN,${signatureOf(SECRET)}` } }],
    [
      'with another scheme',
      { ...good, headers: { 'stripe-signature': good.headers['stripe-signature'].replace('v1=', 'v0=') } },
    ],
    ['with nothing', { ...good, headers: { 'stripe-signature': `t=${NOW / 1_000},v1=` } }],
    ['nowhere', { ...good, headers: {} }],
    ['about nothing', signed('{"id":"evt_1","data":{}}')],
    ['and is no JSON', signed('x')],
  ])('is not believed when it is signed %s', async (_, received) => {
    expect(await readerOf({ secret: SECRET }).verify(received)).toMatchObject({ ok: false });
  });
});

test.each([{ secret: 'short' }, { secret: 7 }, { secret: `${SECRET} ` }, {}])(
  'The secret of the notifications has to be usable, and nothing is shown of %j',
  (text) => {
    expect(() => keyOf(text)).toThrow(/not usable: secret/);
  },
);
