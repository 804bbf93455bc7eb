import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { behaviourOf, declineOf } from '../../../partners/payment-gateway/magic-tokens.ts';
import { gatewayRoutes } from '../../../partners/payment-gateway/server.ts';
import { type Served, serve } from './served.ts';

let gateway: Served;
let key: string;

beforeEach(async () => {
  gateway = await serve(gatewayRoutes);
  key = 'o-1';
});

afterEach(() => gateway.close());

const request = { amount: 8_800, currency: 'CNY', token: 'tok_ok' };
const call: Served['send'] = (...request) => gateway.send(...request);
const authorise = (over: Readonly<Record<string, unknown>> = {}) =>
  call('PUT', `/v1/payments/${key}`, { ...request, ...over });
const adjust = (amount: number, adjustmentKey = 'a-1') =>
  call('PUT', `/v1/payments/${key}/authorisation`, { amount }, { 'idempotency-key': adjustmentKey });
const capture = (amount = 8_800) => call('POST', `/v1/payments/${key}/capture`, { amount });
const refund = (amount: number, refundKey = 'r-1') =>
  call('POST', `/v1/payments/${key}/refund`, { amount }, { 'idempotency-key': refundKey });
const voidIt = () => call('POST', `/v1/payments/${key}/void`);
const ledger = async () => (await gateway.books(key)) as { kind: string; amount: number }[];

describe('Authorising', () => {
  test('answers 201 the first time and 200 with the same payment afterwards', async () => {
    const first = await authorise();
    expect(first).toEqual({
      status: 201,
      body: { key, paymentId: expect.stringMatching(/^pay_/), amount: 8_800, currency: 'CNY', status: 'authorised' },
    });
    expect(await authorise()).toEqual({ status: 200, body: first.body });
  });

  test('with another amount under a used key is 409: what is held is to be adjusted', async () => {
    await authorise();
    expect(await authorise({ amount: 8_801 })).toMatchObject({ status: 409, body: { error: 'amount-differs' } });
    expect(await ledger()).toHaveLength(1);
  });

  test('again after an adjustment answers the payment as it is by now', async () => {
    await authorise();
    const { body } = await adjust(9_900);
    expect(await authorise()).toEqual({ status: 200, body });
  });

  test.each([{ currency: 'EUR' }, { token: 'tok_flaky' }])('under a used key with %j is refused', async (other) => {
    await authorise();
    expect(await authorise(other)).toMatchObject({ status: 422, body: { error: 'key-reused' } });
    expect(await ledger()).toHaveLength(1);
  });

  test.each([
    [{ amount: 0 }, /amount/],
    [{ amount: -1 }, /amount/],
    [{ amount: 0.5 }, /amount/],
    [{ amount: '1' }, /amount/],
    [{ amount: 2 ** 53 }, /amount/],
    [{ currency: 'yuan' }, /currency/],
    [{ token: '' }, /token/],
    [{ tip: 1 }, /tip/],
  ])('with %j is refused, and says what is wrong', async (over, said) => {
    expect(await authorise(over)).toEqual({
      status: 400,
      body: { error: 'invalid-request', detail: expect.stringMatching(said) },
    });
    expect(await ledger()).toEqual([]);
  });

  test('with a token that is not known is declined, even one that every object has', async () => {
    expect(await authorise({ token: 'constructor' })).toEqual({
      status: 402,
      body: { error: 'declined', declineCode: 'unknown_token' },
    });
  });
});

describe('Adjusting', () => {
  test('holds the amount from then on, and the ledger says so', async () => {
    await authorise();
    expect(await adjust(9_900)).toMatchObject({ status: 200, body: { status: 'authorised', amount: 9_900 } });
    expect(await capture(9_901)).toMatchObject({ status: 409, body: { error: 'not-enough-held' } });
    expect(await capture(9_900)).toMatchObject({ status: 200, body: { amount: 9_900, capturedAmount: 9_900 } });
    expect((await ledger()).map(({ kind, amount }) => [kind, amount])).toEqual([
      ['authorisation', 8_800],
      ['adjustment', 9_900],
      ['capture', 9_900],
    ]);
  });

  test('to more than the card is good for is 402 with what is held still, again under the same key', async () => {
    await authorise({ token: 'tok_limit_9000' });
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(await adjust(9_001)).toMatchObject({
        status: 402,
        body: { error: 'declined', declineCode: 'limit_exceeded', status: 'authorised', amount: 8_800 },
      });
    }
    expect(await ledger()).toEqual([
      expect.objectContaining({ kind: 'authorisation', amount: 8_800 }),
      expect.objectContaining({ kind: 'decline', amount: 9_001, adjustmentKey: 'a-1' }),
    ]);
  });

  test('once per Idempotency-Key, which needs to be there and belongs to one amount', async () => {
    await authorise();
    await adjust(9_900, 'up');
    await adjust(8_800, 'down');
    expect(await adjust(9_900, 'up')).toMatchObject({ status: 200, body: { amount: 8_800 } });
    expect(await adjust(9_901, 'up')).toMatchObject({ status: 422, body: { error: 'key-reused' } });
    expect(await call('PUT', `/v1/payments/${key}/authorisation`, { amount: 1 })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('Idempotency-Key') },
    });
    expect(await ledger()).toHaveLength(3);
  });

  test('what is not held says why not', async () => {
    expect(await adjust(1)).toMatchObject({ status: 404, body: { error: 'unknown-payment' } });
    await authorise();
    await capture();
    expect(await adjust(1)).toMatchObject({ status: 409, body: { error: 'captured' } });
  });
});

describe('Capturing', () => {
  test('a part takes that part, once', async () => {
    await authorise();
    expect(await capture(800)).toMatchObject({
      status: 200,
      body: { status: 'captured', amount: 8_800, capturedAmount: 800 },
    });
    expect(await capture(800)).toMatchObject({ status: 200 });
    expect(await capture(900)).toMatchObject({ status: 422, body: { error: 'key-reused' } });
    expect((await ledger()).map(({ kind, amount }) => [kind, amount])).toEqual([
      ['authorisation', 8_800],
      ['capture', 800],
    ]);
  });

  test('more than was authorised, or nothing that was, is refused', async () => {
    expect(await capture()).toMatchObject({ status: 404, body: { error: 'unknown-payment' } });
    await authorise();
    expect(await capture(8_801)).toMatchObject({ status: 409, body: { error: 'not-enough-held' } });
  });

  test('after a void or a refund is refused and says why', async () => {
    await authorise();
    await voidIt();
    expect(await capture()).toMatchObject({ status: 409, body: { error: 'voided' } });
    key = 'o-2';
    await authorise();
    await capture();
    await refund(8_800);
    expect(await capture()).toMatchObject({ status: 409, body: { error: 'refunded' } });
  });
});

describe('Giving back', () => {
  test('a void of a captured payment is refused: it is to be refunded', async () => {
    await authorise();
    await capture();
    expect(await voidIt()).toMatchObject({ status: 409, body: { error: 'captured' } });
  });

  test('refunds in parts never add up to more than was captured', async () => {
    await authorise();
    await capture(8_000);
    expect(await refund(5_000, 'r-1')).toMatchObject({
      status: 200,
      body: { status: 'captured', refundedAmount: 5_000 },
    });
    expect(await refund(3_001, 'r-2')).toMatchObject({ status: 409, body: { error: 'not-enough-left' } });
    expect(await refund(3_000, 'r-2')).toMatchObject({
      status: 200,
      body: { status: 'refunded', refundedAmount: 8_000 },
    });
    expect(await refund(1, 'r-3')).toMatchObject({ status: 409, body: { error: 'not-enough-left' } });
    expect(await call('GET', `/v1/payments/${key}`)).toMatchObject({
      body: {
        refunds: [
          { refundKey: 'r-1', amount: 5_000 },
          { refundKey: 'r-2', amount: 3_000 },
        ],
      },
    });
  });

  test('one Idempotency-Key refunds once, needs to be there, and belongs to one amount', async () => {
    await authorise();
    await capture();
    await refund(1_000);
    expect(await refund(1_000)).toMatchObject({ status: 200, body: { refundedAmount: 1_000 } });
    expect(await refund(1_001)).toMatchObject({ status: 422, body: { error: 'key-reused' } });
    expect(await call('POST', `/v1/payments/${key}/refund`, { amount: 1 })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('Idempotency-Key') },
    });
    expect((await ledger()).filter(({ kind }) => kind === 'refund')).toHaveLength(1);
  });

  test('a refund of what was never captured is refused', async () => {
    expect(await refund(1)).toMatchObject({ status: 404 });
    await authorise();
    expect(await refund(1)).toMatchObject({ status: 409, body: { error: 'not-captured' } });
  });

  test('tok_refund_fails answers 502 to void and refund, and the ledger says that nothing was given back', async () => {
    await authorise({ token: 'tok_refund_fails' });
    expect(await voidIt()).toMatchObject({ status: 502, body: { error: 'undo-unavailable' } });
    await capture();
    expect(await refund(8_800)).toMatchObject({ status: 502 });
    expect(await refund(1, 'r-2')).toMatchObject({ status: 502 });
    expect((await ledger()).map(({ kind }) => kind)).toEqual(['authorisation', 'capture']);
  });
});

describe('A payment with tok_slow', () => {
  const inMs = async (work: () => Promise<unknown>): Promise<number> => {
    const before = performance.now();
    await work();
    return performance.now() - before;
  };

  test('is changed at once, and whoever changed it hears so a second later', async () => {
    const authorised = inMs(() => authorise({ token: 'tok_slow' }));
    while ((await ledger()).length === 0);
    const captured = inMs(() => capture());
    while ((await ledger()).length === 1);
    expect(await call('GET', `/v1/payments/${key}`)).toMatchObject({ body: { status: 'captured' } });
    const refunded = inMs(() => refund(8_800));
    for (const ms of await Promise.all([authorised, captured, refunded])) expect(ms).toBeGreaterThan(950);
    expect((await ledger()).map(({ kind }) => kind)).toEqual(['authorisation', 'capture', 'refund']);
  });
});

describe('A void that comes first', () => {
  test('leaves a tombstone: asking shows it, and an authorisation is refused, also a flaky one', async () => {
    expect(await voidIt()).toEqual({ status: 200, body: { key, status: 'voided' } });
    expect(await call('GET', `/v1/payments/${key}`)).toEqual({ status: 200, body: { key, status: 'voided' } });
    expect(await authorise()).toMatchObject({ status: 409, body: { error: 'voided' } });
    expect(await authorise({ token: 'tok_flaky' })).toMatchObject({ status: 409, body: { error: 'voided' } });
    expect(await ledger()).toEqual([{ kind: 'void', amount: 0 }]);
  });
});

describe('The README', () => {
  const readme = readFileSync(path.join(import.meta.dirname, '../../../partners/payment-gateway/README.md'), 'utf8');

  test.each([
    ['tok_ok', {}],
    ['tok_declined', { declineCode: 'insufficient_funds' }],
    ['tok_flaky', { outages: 2 }],
    ['tok_slow', { answersAfterMs: 1_000 }],
    ['tok_timeout_charged', { silent: true }],
    ['tok_timeout_not_charged', { silent: true, ignored: true }],
    ['tok_refund_fails', { undoFails: true }],
  ])('lists %s, which behaves as documented', (token, behaviour) => {
    expect(readme).toContain(`| \`${token}\` |`);
    expect(behaviourOf(token)).toEqual(behaviour);
  });

  test('says what tok_limit_<n> is good for', () => {
    expect([10_000, 10_001].map((amount) => declineOf(behaviourOf('tok_limit_10000'), amount))).toEqual([
      undefined,
      'limit_exceeded',
    ]);
    expect(readme).toContain('`tok_limit_10000`');
  });
});
