/** What the simulated card gateway tells its merchant, understood by the SDK of the real one. */
import { Stripe } from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { serveMerchant } from '../../support/payments/served-channel.ts';
import { serveGateway } from './served-gateway.ts';

const SECRET = 'whsec_9f86d081884c7d659a2feaa0c55ad015';
const FORMER = 'whsec_former_2c26b46b68ffc68ff99b453c1';

interface Told {
  readonly signature: string;
  readonly text: string;
}

let gateway: Awaited<ReturnType<typeof serveGateway>>;
let merchant: Awaited<ReturnType<typeof serveMerchant>>;
let told: Told[];

beforeEach(async () => {
  told = [];
  [gateway, merchant] = await Promise.all([serveGateway(), serveMerchant({ status: 200, text: '' })]);
});

afterEach(() => Promise.all([gateway.close(), merchant.close()]));

const listen = (more: object = {}) =>
  gateway.send('PUT', '/v1/notification-endpoint', {
    url: merchant.url,
    secret: SECRET,
    answered: true,
    ...more,
  });
const eventIn = ({ text, signature }: Told, secret = SECRET, at = Date.now()): Stripe.Event =>
  gateway.stripe.webhooks.constructEvent(text, signature, secret, undefined, undefined, at);
/** The first notifications, when there are as many. */
async function collected(count: number): Promise<readonly Told[]> {
  while (told.length < count) {
    const { headers, text } = await merchant.next();
    told.push({ signature: String(headers['stripe-signature']), text });
  }
  return told;
}
const tolds = async (count: number): Promise<Stripe.Event[]> => (await collected(count)).map((each) => eventIn(each));
const list = async () =>
  (
    (await gateway.send('GET', `/v1/notifications?key=${gateway.key}`)).body as {
      notifications: { id: number; kind: string }[];
    }
  ).notifications;

describe('The card gateway', () => {
  test('tells what has become of an intent, with the intent as it is then and the request that it comes from', async () => {
    await listen();
    const { id } = await gateway.create();
    await gateway.stripe.paymentIntents.confirm(id, { payment_method: 'tok_ok' }, { idempotencyKey: 'c-1' });
    expect((await tolds(1))[0]).toMatchObject({
      id: expect.stringMatching(/^evt_/),
      object: 'event',
      type: 'payment_intent.amount_capturable_updated',
      api_version: Stripe.API_VERSION,
      livemode: false,
      data: { object: { id, status: 'requires_capture', metadata: { order_id: gateway.key } } },
      request: { id: expect.stringMatching(/^req_/), idempotency_key: 'c-1' },
    });
  });

  test('tells each change by the name that the real one has for it', async () => {
    await listen();
    const { id } = await gateway.confirmed();
    await gateway.stripe.paymentIntents.capture(id);
    const refund = await gateway.stripe.refunds.create({ payment_intent: id });
    await gateway.send('POST', `/v1/refunds/${refund.id}/end`, { status: 'failed' });
    const of = gateway.requestsAbout('o-2');
    await gateway.confirmed('tok_3ds', {}, of);
    await gateway.refusal(gateway.confirmed('tok_declined', {}, gateway.requestsAbout('o-3')));
    await gateway.stripe.paymentIntents.cancel((await of.create()).id);
    const events = await tolds(7);
    const objects: Readonly<Record<string, string>> = Object.fromEntries(
      events.map(({ type, data }) => [type, (data.object as { object: string }).object]),
    );
    expect(objects).toEqual({
      'payment_intent.amount_capturable_updated': 'payment_intent',
      'payment_intent.succeeded': 'payment_intent',
      'charge.refunded': 'charge',
      'refund.failed': 'refund',
      'payment_intent.requires_action': 'payment_intent',
      'payment_intent.payment_failed': 'payment_intent',
      'payment_intent.canceled': 'payment_intent',
    });
  });

  test('tells only what no answer has told, and only what is wanted, unless it is asked for more', async () => {
    await listen({ answered: false, enabled_events: ['payment_intent.amount_capturable_updated'] });
    const { id } = await gateway.confirmed('tok_3ds');
    await fetch(`${gateway.url}/challenge/${gateway.key}`, {
      method: 'POST',
      body: new URLSearchParams({ answer: 'pass' }),
    });
    await gateway.send('POST', `/v1/payments/${gateway.key}/expire`);
    expect(await gateway.stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'canceled' });
    expect(await list()).toMatchObject([{ kind: 'payment_intent.amount_capturable_updated' }]);
    expect(await tolds(1)).toMatchObject([{ request: { id: null, idempotency_key: null } }]);
  });

  test('signs with the former secret, too, while that is being replaced', async () => {
    await listen({ formerSecret: FORMER });
    await gateway.confirmed();
    await tolds(1);
    expect(eventIn(told[0]!, FORMER).id).toBe(eventIn(told[0]!).id);
    expect(() => eventIn(told[0]!, `${SECRET}x`)).toThrow(Stripe.errors.StripeSignatureVerificationError);
  });

  test('has nobody believe a signature of more than five minutes ago, or a body that was changed', async () => {
    await listen();
    await gateway.confirmed();
    await tolds(1);
    const [notice] = told as [Told];
    expect(() => eventIn(notice, SECRET, Date.now() + 302_000)).toThrow('Timestamp outside the tolerance zone');
    expect(() => eventIn({ ...notice, text: notice.text.replace('8800', '8801') })).toThrow('No signatures found');
  });

  test('sends one again as the same event, and a forged one with a signature of somebody else', async () => {
    await listen();
    await gateway.send('PUT', '/v1/notifications', { mode: 'hold' });
    await gateway.confirmed();
    const [{ id } = { id: 0 }] = await list();
    for (const count of [1, 2]) {
      await gateway.send('POST', `/v1/notifications/${id}/send`);
      await tolds(count);
    }
    expect(new Set((await tolds(2)).map((event) => event.id)).size).toBe(1);
    await gateway.send('POST', `/v1/notifications/${id}/send`, { forged: true });
    const [, , forged] = await collected(3);
    expect(() => eventIn(forged!)).toThrow(Stripe.errors.StripeSignatureVerificationError);
  });
});

describe('A refund', () => {
  const statusOf = async (id: string) => (await gateway.stripe.refunds.retrieve(id)).status;
  const end = (id: string, as: 'succeeded' | 'failed') => gateway.send('POST', `/v1/refunds/${id}/end`, { status: as });

  test('of tok_refund_pending is on its way until the staff ends it', async () => {
    const { id: intent } = await gateway.captured('tok_refund_pending');
    const refund = (amount: number) => gateway.stripe.refunds.create({ payment_intent: intent, amount });
    const [one, other] = [await refund(800), await refund(8_000)];
    expect([one.status, other.status]).toEqual(['pending', 'pending']);
    expect(await gateway.refusal(refund(1))).toMatchObject({ code: 'charge_already_refunded' });
    await end(one.id, 'succeeded');
    await end(other.id, 'failed');
    expect([await statusOf(one.id), await statusOf(other.id)]).toEqual(['succeeded', 'failed']);
    expect((await end(other.id, 'succeeded')).status).toBe(409);
    expect(await refund(8_000)).toMatchObject({ status: 'pending' });
    expect((await gateway.moved()).filter(([kind]) => kind === 'refund')).toEqual([['refund', 800]]);
  });

  test('that had succeeded can fail later, and leaves its amount to be refunded', async () => {
    const { id: intent } = await gateway.captured();
    const { id } = await gateway.stripe.refunds.create({ payment_intent: intent });
    await end(id, 'failed');
    expect(await statusOf(id)).toBe('failed');
    expect(await gateway.stripe.refunds.create({ payment_intent: intent })).toMatchObject({ amount: 8_800 });
  });
});
