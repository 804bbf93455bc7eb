import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { behaviourOf, declineOf } from '../../../partners/payment-gateway/magic-tokens.ts';
import { serveGateway } from './served-gateway.ts';

let gateway: Awaited<ReturnType<typeof serveGateway>>;

beforeEach(async () => {
  gateway = await serveGateway();
});

afterEach(() => gateway.close());

describe('Authorising', () => {
  test('answers 201 the first time and 200 with the same payment afterwards', async () => {
    const first = await gateway.authorise();
    expect(first).toEqual({
      status: 201,
      body: {
        key: gateway.key,
        paymentId: expect.stringMatching(/^pay_/),
        amount: 8_800,
        currency: 'CNY',
        status: 'authorised',
      },
    });
    expect(await gateway.authorise()).toEqual({ status: 200, body: first.body });
  });

  test('with another amount under a used key is 409: the authorisation has to be adjusted', async () => {
    await gateway.authorise();
    expect(await gateway.authorise({ amount: 8_801 })).toMatchObject({
      status: 409,
      body: { error: 'amount-differs' },
    });
    expect(await gateway.ledger()).toHaveLength(1);
  });

  test('again after an adjustment answers the payment as it is by now', async () => {
    await gateway.authorise();
    const { body } = await gateway.adjust(9_900);
    expect(await gateway.authorise()).toEqual({ status: 200, body });
  });

  test.each([{ currency: 'EUR' }, { token: 'tok_flaky' }])('under a used key with %j is refused', async (other) => {
    await gateway.authorise();
    expect(await gateway.authorise(other)).toMatchObject({ status: 422, body: { error: 'key-reused' } });
    expect(await gateway.ledger()).toHaveLength(1);
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
    expect(await gateway.authorise(over)).toEqual({
      status: 400,
      body: { error: 'invalid-request', detail: expect.stringMatching(said) },
    });
    expect(await gateway.ledger()).toEqual([]);
  });

  test('with a token that is not known is declined, even one that every object has', async () => {
    expect(await gateway.authorise({ token: 'constructor' })).toEqual({
      status: 402,
      body: { error: 'declined', declineCode: 'unknown_token' },
    });
  });
});

describe('Adjusting', () => {
  test('authorises the amount from then on, and the ledger has an entry', async () => {
    await gateway.authorise();
    expect(await gateway.adjust(9_900)).toMatchObject({ status: 200, body: { status: 'authorised', amount: 9_900 } });
    expect(await gateway.capture(9_901)).toMatchObject({ status: 409, body: { error: 'not-enough-held' } });
    expect(await gateway.capture(9_900)).toMatchObject({ status: 200, body: { amount: 9_900, capturedAmount: 9_900 } });
    expect((await gateway.ledger()).map(({ kind, amount }) => [kind, amount])).toEqual([
      ['authorisation', 8_800],
      ['adjustment', 9_900],
      ['capture', 9_900],
    ]);
  });

  test('to more than the card is good for is 402 with the amount that stays authorised, again under the same key', async () => {
    await gateway.authorise({ token: 'tok_limit_9000' });
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(await gateway.adjust(9_001)).toMatchObject({
        status: 402,
        body: { error: 'declined', declineCode: 'limit_exceeded', status: 'authorised', amount: 8_800 },
      });
    }
    expect(await gateway.ledger()).toEqual([
      expect.objectContaining({ kind: 'authorisation', amount: 8_800 }),
      expect.objectContaining({ kind: 'decline', amount: 9_001, adjustmentKey: 'a-1' }),
    ]);
  });

  test('once per Idempotency-Key, which needs to be there and belongs to one amount', async () => {
    await gateway.authorise();
    await gateway.adjust(9_900, 'up');
    await gateway.adjust(8_800, 'down');
    expect(await gateway.adjust(9_900, 'up')).toMatchObject({ status: 200, body: { amount: 8_800 } });
    expect(await gateway.adjust(9_901, 'up')).toMatchObject({ status: 422, body: { error: 'key-reused' } });
    expect(await gateway.send('PUT', `/v1/payments/${gateway.key}/authorisation`, { amount: 1 })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('Idempotency-Key') },
    });
    expect(await gateway.ledger()).toHaveLength(3);
  });

  test('what is not authorised is refused with the reason', async () => {
    expect(await gateway.adjust(1)).toMatchObject({ status: 404, body: { error: 'unknown-payment' } });
    await gateway.authorise();
    await gateway.capture();
    expect(await gateway.adjust(1)).toMatchObject({ status: 409, body: { error: 'captured' } });
  });
});

describe('A payment with tok_slow', () => {
  const inMs = async (work: () => Promise<unknown>): Promise<number> => {
    const before = performance.now();
    await work();
    return performance.now() - before;
  };

  test('is changed at once, and the answer comes a second later', async () => {
    const authorised = inMs(() => gateway.authorise({ token: 'tok_slow' }));
    while ((await gateway.ledger()).length === 0);
    const captured = inMs(() => gateway.capture());
    while ((await gateway.ledger()).length === 1);
    expect(await gateway.send('GET', `/v1/payments/${gateway.key}`)).toMatchObject({ body: { status: 'captured' } });
    const refunded = inMs(() => gateway.refund(8_800));
    for (const ms of await Promise.all([authorised, captured, refunded])) expect(ms).toBeGreaterThan(950);
    expect((await gateway.ledger()).map(({ kind }) => kind)).toEqual(['authorisation', 'capture', 'refund']);
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
