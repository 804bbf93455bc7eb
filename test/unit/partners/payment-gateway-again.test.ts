/** Requests that are sent again to the simulated card gateway: with an Idempotency-Key, after failures, and after a day. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Stripe } from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Clock } from '../../../partners/payment-gateway/clock.ts';
import { MerchantCredentials } from '../../../partners/shared/merchant-credentials.ts';
import { SECRET_KEY, sdkFor, serveGateway } from './served-gateway.ts';

const HOUR_MS = 3_600_000;
let gateway: Awaited<ReturnType<typeof serveGateway>>;
let now: number;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 28);
  gateway = await serveGateway({ clock: new Clock(() => now) });
});

afterEach(() => gateway.close());

const put = (path: string, body: object) => gateway.send('PUT', path, body);
const fail = (operation: string, fault: string, times = 1) => put('/v1/faults', { operation, fault, times });
const CREATE = 'POST /v1/payment_intents';
const CONFIRM = 'POST /v1/payment_intents/:id/confirm';

describe('An Idempotency-Key', () => {
  test('keeps the first answer, whatever has become of the intent since', async () => {
    const first = await gateway.create();
    await gateway.stripe.paymentIntents.cancel(first.id);
    const second = await gateway.create();
    expect(second).toEqual(first);
    expect(second.lastResponse.headers).toMatchObject({
      'idempotent-replayed': 'true',
      'original-request': first.lastResponse.requestId,
    });
    expect(second.lastResponse.requestId).not.toBe(first.lastResponse.requestId);
  });

  test('keeps a decline, and what could not be', async () => {
    const { id } = await gateway.create();
    const confirm = () =>
      gateway.stripe.paymentIntents.confirm(id, { payment_method: 'tok_declined' }, { idempotencyKey: 'c-1' });
    const [first, second] = [await gateway.refusal(confirm()), await gateway.refusal(confirm())];
    expect([second.code, second.headers?.['idempotent-replayed']]).toEqual([first.code, 'true']);
    const capture = () => gateway.stripe.paymentIntents.capture(id, {}, { idempotencyKey: 'c-2' });
    await gateway.refusal(capture());
    await gateway.stripe.paymentIntents.confirm(id, { payment_method: 'tok_ok' });
    expect(await gateway.refusal(capture())).toMatchObject({
      payment_intent: { status: 'requires_payment_method' },
      headers: { 'idempotent-replayed': 'true' },
    });
    expect(await gateway.moved()).toEqual([
      ['decline', 8_800],
      ['authorisation', 8_800],
    ]);
  });

  test('belongs to one request', async () => {
    const { id } = await gateway.create();
    const other = await gateway.refusal(gateway.create({ amount: 9_900 }));
    expect(other).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
    expect(other.message).toContain('same parameters');
    const elsewhere = gateway.stripe.paymentIntents.cancel(id, {}, { idempotencyKey: `${gateway.key}-1` });
    expect(await gateway.refusal(elsewhere)).toMatchObject({
      rawType: 'idempotency_error',
      message: expect.stringContaining('same endpoint'),
    });
  });

  test('is not used up by a request whose parameters are wrong', async () => {
    await gateway.refusal(gateway.create({ amount: 0 }));
    expect(await gateway.create()).toMatchObject({ amount: 8_800 });
  });

  test('is forgotten after a day, and then makes another intent', async () => {
    const { id } = await gateway.create();
    now += 24 * HOUR_MS - 1;
    expect((await gateway.create()).id).toBe(id);
    now += 1;
    expect((await gateway.create()).id).not.toBe(id);
  });

  test('of a request that is under way is 409', async () => {
    const { id } = await gateway.create();
    const confirm = () =>
      gateway.stripe.paymentIntents.confirm(id, { payment_method: 'tok_slow' }, { idempotencyKey: 'c-1' });
    const first = confirm();
    while ((await gateway.ledger()).length === 0);
    expect(await gateway.refusal(confirm())).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
    now += 1_000;
    expect((await confirm()).lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(await first).toMatchObject({ status: 'requires_capture' });
  });
});

describe('A failure', () => {
  test.each([
    ['fails', 0],
    ['fails-after', 1],
  ])('that is kept (%s) is answered again under its key, and not under another', async (fault, intents) => {
    await fail(CREATE, fault);
    for (let time = 0; time < 2; time += 1) {
      const refusal = await gateway.refusal(gateway.create());
      expect(refusal).toBeInstanceOf(Stripe.errors.StripeAPIError);
      expect([refusal.statusCode, refusal.headers?.['idempotent-replayed'] === 'true']).toEqual([500, time > 0]);
    }
    now += 1_000;
    expect(await found()).toHaveLength(intents);
    const again = { idempotencyKey: 'another' };
    const create = { amount: 1, currency: 'cny', capture_method: 'manual' } as const;
    expect(await gateway.stripe.paymentIntents.create(create, again)).toMatchObject({ amount: 1 });
  });

  test.each([
    ['unavailable', 503, Stripe.errors.StripeAPIError],
    ['too-many', 429, Stripe.errors.StripeRateLimitError],
  ])('before the gateway (%s) is not kept', async (fault, statusCode, kind) => {
    await fail(CREATE, fault);
    const refusal = await gateway.refusal(gateway.create());
    expect(refusal).toBeInstanceOf(kind);
    expect(refusal.statusCode).toBe(statusCode);
    expect(await gateway.create()).toMatchObject({ status: 'requires_payment_method' });
  });

  test.each([
    ['ignored', []],
    ['lost', [['authorisation', 8_800]]],
  ])('of the connection (%s) says nothing of what was done', async (fault, moved) => {
    const { id } = await gateway.create();
    // The SDK repeats once by itself when a connection breaks.
    await fail(CONFIRM, fault, 2);
    const confirm = () =>
      gateway.stripe.paymentIntents.confirm(id, { payment_method: 'tok_ok' }, { idempotencyKey: 'c-1' });
    expect(await gateway.refusal(confirm())).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    expect(await gateway.moved()).toEqual(moved);
    expect((await confirm()).lastResponse.headers['idempotent-replayed']).toBe(fault === 'lost' ? 'true' : undefined);
  });

  test('of tok_flaky ends with the third confirmation of the order', async () => {
    const { id } = await gateway.create();
    const confirm = () =>
      gateway.stripe.paymentIntents.confirm(id, { payment_method: 'tok_flaky' }, { idempotencyKey: 'c-1' });
    for (let time = 0; time < 2; time += 1) expect((await gateway.refusal(confirm())).statusCode).toBe(503);
    expect(await confirm()).toMatchObject({ status: 'requires_capture' });
  });
});

const found = async () =>
  (await gateway.stripe.paymentIntents.search({ query: `metadata['order_id']:'${gateway.key}'` })).data;

describe('The search', () => {
  beforeEach(() => put('/v1/search', { lagMs: 60_000 }));

  test('finds the intents of an order, newest first, a moment later, as they were then', async () => {
    const { id } = await gateway.create();
    expect(await found()).toEqual([]);
    now += 60_000;
    await gateway.stripe.paymentIntents.confirm(id, { payment_method: 'tok_ok' });
    expect(await found()).toMatchObject([{ id, amount_capturable: 0, latest_charge: null }]);
    await gateway.create({}, 2);
    await gateway.requestsAbout('o-2').create();
    now += 60_000;
    expect(await found()).toMatchObject([
      { metadata: { attempt: '2' } },
      { id, status: 'requires_capture', amount_capturable: 8_800 },
    ]);
    const both = { query: `metadata['order_id']:'${gateway.key}' AND status:'requires_capture'` };
    expect((await gateway.stripe.paymentIntents.search(both)).data).toMatchObject([{ id }]);
  });

  test('lags by itself, so that nobody relies on it', async () => {
    const other = await serveGateway();
    await other.create();
    const { data } = await other.stripe.paymentIntents.search({ query: `metadata['order_id']:'${other.key}'` });
    expect(data).toEqual([]);
    await other.close();
  });

  test('refuses a query that is none', async () => {
    expect(await gateway.refusal(gateway.stripe.paymentIntents.search({ query: 'order_id=o-1' }))).toMatchObject({
      param: 'query',
    });
  });
});

describe('An authorisation', () => {
  test('lapses after seven days, by itself', async () => {
    const { id } = await gateway.confirmed();
    now += 7 * 24 * HOUR_MS - 1;
    expect(await gateway.stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'requires_capture' });
    now += 1;
    expect(await gateway.refusal(gateway.stripe.paymentIntents.capture(id))).toMatchObject({
      code: 'payment_intent_unexpected_state',
      payment_intent: { status: 'canceled', cancellation_reason: 'automatic', amount_capturable: 0 },
    });
    expect(await gateway.moved()).toEqual([
      ['authorisation', 8_800],
      ['expiry', 8_800],
    ]);
  });

  test('lapses when the console says so, or puts the time ahead', async () => {
    const [one, other] = [
      await gateway.confirmed(),
      await gateway.confirmed('tok_ok', {}, gateway.requestsAbout('o-2')),
    ];
    await gateway.send('POST', `/v1/payments/${gateway.key}/expire`);
    expect(await gateway.stripe.paymentIntents.retrieve(one.id)).toMatchObject({ status: 'canceled' });
    await put('/v1/clock', { aheadSeconds: 7 * 86_400 });
    expect(await gateway.stripe.paymentIntents.retrieve(other.id)).toMatchObject({ status: 'canceled' });
  });

  test('of tok_expires lapses when it is captured, and that of the next attempt does not', async () => {
    const { id } = await gateway.confirmed('tok_expires');
    expect(await gateway.refusal(gateway.stripe.paymentIntents.capture(id))).toMatchObject({
      payment_intent: { cancellation_reason: 'automatic' },
    });
    const second = await gateway.create({}, 2);
    await gateway.stripe.paymentIntents.confirm(second.id, { payment_method: 'tok_expires', off_session: true });
    expect(await gateway.stripe.paymentIntents.capture(second.id)).toMatchObject({ amount_received: 8_800 });
  });

  test('of tok_expires_for_good cannot be had again', async () => {
    const { id } = await gateway.confirmed('tok_expires_for_good');
    await gateway.refusal(gateway.stripe.paymentIntents.capture(id));
    const second = await gateway.create({}, 2);
    const confirm = gateway.stripe.paymentIntents.confirm(second.id, { payment_method: 'tok_expires_for_good' });
    expect(await gateway.refusal(confirm)).toMatchObject({ decline_code: 'insufficient_funds' });
  });
});

describe('A secret key', () => {
  test('is needed, and the refusal of another one is an authentication error', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'waybill-card-'));
    const credentials = new MerchantCredentials(path.join(folder, 'credentials.json'));
    credentials.put({ kind: 'bearer', keyId: 'first', secret: SECRET_KEY });
    const guarded = await serveGateway({ credentials });
    expect(await guarded.create()).toMatchObject({ object: 'payment_intent' });
    const stranger = sdkFor(guarded.url, `${SECRET_KEY}x`);
    const refusal = await gateway.refusal(stranger.paymentIntents.retrieve('pi_1'));
    expect(refusal).toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
    expect(refusal).toMatchObject({ rawType: 'invalid_request_error', requestId: expect.stringMatching(/^req_/) });
    await guarded.close();
    rmSync(folder, { recursive: true });
  });
});
