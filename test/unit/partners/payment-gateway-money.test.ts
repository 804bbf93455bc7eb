import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { serveGateway } from './served-gateway.ts';

let gateway: Awaited<ReturnType<typeof serveGateway>>;

beforeEach(async () => {
  gateway = await serveGateway();
});

afterEach(() => gateway.close());

describe('Capturing', () => {
  test('a part captures that part, once', async () => {
    await gateway.authorise();
    expect(await gateway.capture(800)).toMatchObject({
      status: 200,
      body: { status: 'captured', amount: 8_800, capturedAmount: 800 },
    });
    expect(await gateway.capture(800)).toMatchObject({ status: 200 });
    expect(await gateway.capture(900)).toMatchObject({ status: 422, body: { error: 'key-reused' } });
    expect((await gateway.ledger()).map(({ kind, amount }) => [kind, amount])).toEqual([
      ['authorisation', 8_800],
      ['capture', 800],
    ]);
  });

  test('more than was authorised, or without an authorisation, is refused', async () => {
    expect(await gateway.capture()).toMatchObject({ status: 404, body: { error: 'unknown-payment' } });
    await gateway.authorise();
    expect(await gateway.capture(8_801)).toMatchObject({ status: 409, body: { error: 'not-enough-held' } });
  });

  test('after a void or a refund is refused and says why', async () => {
    await gateway.authorise();
    await gateway.voidIt();
    expect(await gateway.capture()).toMatchObject({ status: 409, body: { error: 'voided' } });
    const another = gateway.requestsAbout('o-2');
    await another.authorise();
    await another.capture();
    await another.refund(8_800);
    expect(await another.capture()).toMatchObject({ status: 409, body: { error: 'refunded' } });
  });
});

describe('Voiding and refunding', () => {
  test('a void of a captured payment is refused, since it has to be refunded', async () => {
    await gateway.authorise();
    await gateway.capture();
    expect(await gateway.voidIt()).toMatchObject({ status: 409, body: { error: 'captured' } });
  });

  test('refunds in parts never add up to more than was captured', async () => {
    await gateway.authorise();
    await gateway.capture(8_000);
    expect(await gateway.refund(5_000, 'r-1')).toMatchObject({
      status: 200,
      body: { status: 'captured', refundedAmount: 5_000 },
    });
    expect(await gateway.refund(3_001, 'r-2')).toMatchObject({ status: 409, body: { error: 'not-enough-left' } });
    expect(await gateway.refund(3_000, 'r-2')).toMatchObject({
      status: 200,
      body: { status: 'refunded', refundedAmount: 8_000 },
    });
    expect(await gateway.refund(1, 'r-3')).toMatchObject({ status: 409, body: { error: 'not-enough-left' } });
    expect(await gateway.send('GET', `/v1/payments/${gateway.key}`)).toMatchObject({
      body: {
        refunds: [
          { refundKey: 'r-1', amount: 5_000 },
          { refundKey: 'r-2', amount: 3_000 },
        ],
      },
    });
  });

  test('one Idempotency-Key refunds once, needs to be there, and belongs to one amount', async () => {
    await gateway.authorise();
    await gateway.capture();
    await gateway.refund(1_000);
    expect(await gateway.refund(1_000)).toMatchObject({ status: 200, body: { refundedAmount: 1_000 } });
    expect(await gateway.refund(1_001)).toMatchObject({ status: 422, body: { error: 'key-reused' } });
    expect(await gateway.send('POST', `/v1/payments/${gateway.key}/refund`, { amount: 1 })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('Idempotency-Key') },
    });
    expect((await gateway.ledger()).filter(({ kind }) => kind === 'refund')).toHaveLength(1);
  });

  test('a refund of what was never captured is refused', async () => {
    expect(await gateway.refund(1)).toMatchObject({ status: 404 });
    await gateway.authorise();
    expect(await gateway.refund(1)).toMatchObject({ status: 409, body: { error: 'not-captured' } });
  });

  test('tok_refund_fails answers 502 to void and refund, and the ledger says that nothing was given back', async () => {
    await gateway.authorise({ token: 'tok_refund_fails' });
    expect(await gateway.voidIt()).toMatchObject({ status: 502, body: { error: 'undo-unavailable' } });
    await gateway.capture();
    expect(await gateway.refund(8_800)).toMatchObject({ status: 502 });
    expect(await gateway.refund(1, 'r-2')).toMatchObject({ status: 502 });
    expect((await gateway.ledger()).map(({ kind }) => kind)).toEqual(['authorisation', 'capture']);
  });
});

describe('A void that comes first', () => {
  test('leaves a tombstone: asking shows it, and an authorisation is refused, also a flaky one', async () => {
    expect(await gateway.voidIt()).toEqual({ status: 200, body: { key: gateway.key, status: 'voided' } });
    expect(await gateway.send('GET', `/v1/payments/${gateway.key}`)).toEqual({
      status: 200,
      body: { key: gateway.key, status: 'voided' },
    });
    expect(await gateway.authorise()).toMatchObject({ status: 409, body: { error: 'voided' } });
    expect(await gateway.authorise({ token: 'tok_flaky' })).toMatchObject({ status: 409, body: { error: 'voided' } });
    expect(await gateway.ledger()).toEqual([{ kind: 'void', amount: 0 }]);
  });
});
