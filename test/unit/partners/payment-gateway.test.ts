import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { serveGateway } from './served-gateway.ts';

let gateway: Awaited<ReturnType<typeof serveGateway>>;

beforeEach(async () => {
  gateway = await serveGateway();
});

afterEach(() => gateway.close());

describe('A payment intent', () => {
  test('moves nothing when it is created, and holds the amount when it is confirmed', async () => {
    const intent = await gateway.create();
    expect(intent).toMatchObject({
      id: expect.stringMatching(/^pi_\w{24,}$/),
      object: 'payment_intent',
      amount: 8_800,
      currency: 'cny',
      status: 'requires_payment_method',
      metadata: { order_id: gateway.key, attempt: '1' },
      latest_charge: null,
    });
    expect(await gateway.ledger()).toEqual([]);
    const held = await gateway.stripe.paymentIntents.confirm(intent.id, { payment_method: 'tok_ok' });
    expect(held).toMatchObject({ id: intent.id, status: 'requires_capture', amount_capturable: 8_800 });
    expect(await gateway.ledger()).toEqual([
      { kind: 'authorisation', paymentId: intent.id, amount: 8_800, currency: 'CNY' },
    ]);
    expect(await gateway.stripe.paymentIntents.retrieve(intent.id)).toEqual(held);
  });
});
