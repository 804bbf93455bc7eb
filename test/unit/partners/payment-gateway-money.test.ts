import { Stripe } from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { serveGateway } from './served-gateway.ts';

let gateway: Awaited<ReturnType<typeof serveGateway>>;

beforeEach(async () => {
  gateway = await serveGateway();
});

afterEach(() => gateway.close());

const UNEXPECTED = 'payment_intent_unexpected_state';

describe('Capturing', () => {
  test('a part captures that part, once', async () => {
    const { id } = await gateway.confirmed();
    expect(await gateway.stripe.paymentIntents.capture(id, { amount_to_capture: 800 })).toMatchObject({
      status: 'succeeded',
      amount: 8_800,
      amount_received: 800,
      amount_capturable: 0,
    });
    const again = await gateway.refusal(gateway.stripe.paymentIntents.capture(id, { amount_to_capture: 800 }));
    expect(again).toMatchObject({
      code: UNEXPECTED,
      payment_intent: { id, status: 'succeeded', amount_received: 800 },
    });
    expect(await gateway.moved()).toEqual([
      ['authorisation', 8_800],
      ['capture', 800],
    ]);
  });

  test('more than is held, or what is not held, is refused', async () => {
    const { id } = await gateway.create();
    expect(await gateway.refusal(gateway.stripe.paymentIntents.capture(id))).toMatchObject({
      code: UNEXPECTED,
      payment_intent: { status: 'requires_payment_method' },
    });
    await gateway.stripe.paymentIntents.confirm(id, { payment_method: 'tok_ok' });
    const more = gateway.stripe.paymentIntents.capture(id, { amount_to_capture: 8_801 });
    expect(await gateway.refusal(more)).toMatchObject({ code: 'amount_too_large', param: 'amount_to_capture' });
    await gateway.stripe.paymentIntents.cancel(id);
    expect(await gateway.refusal(gateway.stripe.paymentIntents.capture(id))).toMatchObject({
      payment_intent: { status: 'canceled' },
    });
    expect(await gateway.moved()).toEqual([
      ['authorisation', 8_800],
      ['void', 8_800],
    ]);
  });
});

describe('Raising an authorisation', () => {
  const raise = (id: string, amount: number) => gateway.stripe.paymentIntents.incrementAuthorization(id, { amount });

  test('holds the higher amount from then on', async () => {
    const { id } = await gateway.confirmed();
    expect(await raise(id, 9_900)).toMatchObject({
      status: 'requires_capture',
      amount: 9_900,
      amount_capturable: 9_900,
    });
    expect(await gateway.stripe.paymentIntents.capture(id)).toMatchObject({ amount_received: 9_900 });
    expect(await gateway.moved()).toEqual([
      ['authorisation', 8_800],
      ['adjustment', 9_900],
      ['capture', 9_900],
    ]);
  });

  test('to more than the card is good for is declined, and the intent is as before', async () => {
    const { id } = await gateway.confirmed('tok_limit_9000');
    const declined = await gateway.refusal(raise(id, 9_001));
    expect(declined).toBeInstanceOf(Stripe.errors.StripeCardError);
    expect(declined).toMatchObject({
      code: 'card_declined',
      decline_code: 'limit_exceeded',
      payment_intent: { id, status: 'requires_capture', amount: 8_800 },
    });
    expect(await gateway.ledger()).toMatchObject([
      { kind: 'authorisation', amount: 8_800 },
      { kind: 'decline', amount: 9_001, ofRaise: true },
    ]);
  });

  test('is only possible when the confirmation has asked for it, and never lowers', async () => {
    const { id } = await gateway.confirmed('tok_ok', { payment_method_options: {} });
    expect((await gateway.refusal(raise(id, 9_900))).message).toContain('eligible');
    const other = gateway.requestsAbout('o-2');
    const raisable = await gateway.confirmed('tok_ok', {}, other);
    expect(await gateway.refusal(raise(raisable.id, 8_800))).toMatchObject({ statusCode: 400, param: 'amount' });
    expect(await other.moved()).toEqual([['authorisation', 8_800]]);
  });
});

describe('Cancelling', () => {
  test('what was never confirmed leaves a void of nothing, and nothing can be confirmed any more', async () => {
    const { id } = await gateway.create();
    expect(await gateway.stripe.paymentIntents.cancel(id)).toMatchObject({
      status: 'canceled',
      canceled_at: expect.any(Number),
      cancellation_reason: null,
    });
    const late = gateway.stripe.paymentIntents.confirm(id, { payment_method: 'tok_ok' });
    expect(await gateway.refusal(late)).toMatchObject({ code: UNEXPECTED, payment_intent: { status: 'canceled' } });
    expect(await gateway.moved()).toEqual([['void', 0]]);
  });

  test('what is captured is refused, since it has to be refunded', async () => {
    const { id } = await gateway.captured();
    expect(await gateway.refusal(gateway.stripe.paymentIntents.cancel(id))).toMatchObject({
      code: UNEXPECTED,
      payment_intent: { status: 'succeeded' },
    });
  });
});

describe('Refunding', () => {
  const refund = (payment_intent: string, amount: number, refund_id: string) =>
    gateway.stripe.refunds.create({ payment_intent, amount, metadata: { refund_id } });

  test('in parts never adds up to more than was captured', async () => {
    const { id } = await gateway.captured();
    expect(await refund(id, 5_000, 'r-1')).toMatchObject({
      object: 'refund',
      status: 'succeeded',
      amount: 5_000,
      payment_intent: id,
      metadata: { refund_id: 'r-1' },
    });
    expect(await gateway.refusal(refund(id, 3_801, 'r-2'))).toMatchObject({ statusCode: 400 });
    await refund(id, 3_800, 'r-2');
    expect(await gateway.refusal(refund(id, 1, 'r-3'))).toMatchObject({ code: 'charge_already_refunded' });
    const { data, has_more } = await gateway.stripe.refunds.list({ payment_intent: id });
    expect([data.map(({ metadata }) => metadata), has_more]).toEqual([
      [{ refund_id: 'r-2' }, { refund_id: 'r-1' }],
      false,
    ]);
    expect(await gateway.ledger()).toMatchObject([{}, {}, { kind: 'refund', refundKey: 'r-1' }, { refundKey: 'r-2' }]);
  });

  test('what was never captured is refused', async () => {
    const { id } = await gateway.confirmed();
    expect(await gateway.refusal(refund(id, 1, 'r-1'))).toMatchObject({ statusCode: 400 });
    expect(await gateway.refusal(refund('pi_none', 1, 'r-1'))).toMatchObject({
      statusCode: 400,
      code: 'resource_missing',
      param: 'payment_intent',
    });
  });

  test('lists more refunds than a page has', async () => {
    const { id } = await gateway.captured();
    for (let number = 1; number <= 12; number += 1) await refund(id, number, `r-${number}`);
    const all = await gateway.stripe.refunds.list({ payment_intent: id }).autoPagingToArray({ limit: 100 });
    expect(all.map(({ amount }) => amount)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  test('tok_refund_fails answers 502 to cancel and refund, and the ledger says that nothing was given back', async () => {
    const { id } = await gateway.confirmed('tok_refund_fails');
    expect(await gateway.refusal(gateway.stripe.paymentIntents.cancel(id))).toMatchObject({ statusCode: 502 });
    await gateway.stripe.paymentIntents.capture(id);
    expect(await gateway.refusal(refund(id, 8_800, 'r-1'))).toMatchObject({ statusCode: 502 });
    expect((await gateway.ledger()).map(({ kind }) => kind)).toEqual(['authorisation', 'capture']);
  });

  test('tok_undo_locked is refused until the staff unlocks it, under the same Idempotency-Key', async () => {
    const { id } = await gateway.captured('tok_undo_locked');
    const undo = () => gateway.stripe.refunds.create({ payment_intent: id }, { idempotencyKey: 'undo' });
    expect(await gateway.refusal(undo())).toBeInstanceOf(Stripe.errors.StripePermissionError);
    await gateway.send('POST', `/v1/payments/${gateway.key}/unlock`);
    expect(await undo()).toMatchObject({ status: 'succeeded', amount: 8_800 });
  });
});
