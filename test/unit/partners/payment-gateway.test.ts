/** The simulated card gateway, asked by the SDK of the real one. */
import { Stripe } from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RETURN_URL, serveGateway } from './served-gateway.ts';

let gateway: Awaited<ReturnType<typeof serveGateway>>;

beforeEach(async () => {
  gateway = await serveGateway();
});

afterEach(() => gateway.close());

const UNEXPECTED = 'payment_intent_unexpected_state';

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

  test('is updated until it is confirmed, and holds the amount of then', async () => {
    const { id } = await gateway.create();
    expect(await gateway.stripe.paymentIntents.update(id, { amount: 9_900, metadata: { attempt: '' } })).toMatchObject({
      amount: 9_900,
      metadata: { order_id: gateway.key },
    });
    await gateway.stripe.paymentIntents.confirm(id, { payment_method: 'tok_ok' });
    expect(await gateway.moved()).toEqual([['authorisation', 9_900]]);
    const late = await gateway.refusal(gateway.stripe.paymentIntents.update(id, { amount: 1 }));
    expect(late).toMatchObject({ code: UNEXPECTED, payment_intent: { id, status: 'requires_capture', amount: 9_900 } });
    expect(await gateway.stripe.paymentIntents.update(id, { metadata: { note: 'x' } })).toMatchObject({
      metadata: { note: 'x' },
    });
  });

  test('knows its payment method from its creation, when that names one', async () => {
    const intent = await gateway.create({ payment_method: 'tok_ok' });
    expect(intent.status).toBe('requires_confirmation');
    expect(await gateway.stripe.paymentIntents.confirm(intent.id)).toMatchObject({ status: 'requires_capture' });
    expect(await gateway.refusal(gateway.stripe.paymentIntents.confirm(intent.id))).toMatchObject({
      code: UNEXPECTED,
      payment_intent: { id: intent.id },
    });
  });

  test('shows its charge and the refunds of that when it is asked to', async () => {
    const { id, latest_charge: chargeId } = await gateway.captured();
    const refund = await gateway.stripe.refunds.create({ payment_intent: id, amount: 800, expand: ['charge.refunds'] });
    const charge = { id: chargeId, amount: 8_800, amount_captured: 8_800, amount_refunded: 800, refunded: false };
    expect(refund.charge).toMatchObject({ ...charge, refunds: { data: [{ id: refund.id, charge: chargeId }] } });
    const shown = await gateway.stripe.paymentIntents.retrieve(id, { expand: ['latest_charge.refunds'] });
    expect(shown.latest_charge).toMatchObject({ ...charge, refunds: { has_more: false, data: [{ id: refund.id }] } });
    expect(await gateway.stripe.refunds.retrieve(refund.id)).toMatchObject({ id: refund.id, charge: chargeId });
  });

  test('says until when it holds, and whether it can be raised', async () => {
    const { id } = await gateway.confirmed();
    const { latest_charge: charge } = await gateway.stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] });
    const { created, payment_method_details: details } = charge as Stripe.Charge;
    expect(details?.card).toMatchObject({
      capture_before: created + 7 * 86_400,
      incremental_authorization: { status: 'available' },
    });
  });
});

describe('A declined card', () => {
  test('is a card error that shows the intent, which another card can pay', async () => {
    const { id } = await gateway.create();
    const confirm = (token: string) => gateway.stripe.paymentIntents.confirm(id, { payment_method: token });
    const declined = await gateway.refusal(confirm('tok_declined'));
    expect(declined).toBeInstanceOf(Stripe.errors.StripeCardError);
    const error = { code: 'card_declined', decline_code: 'insufficient_funds' };
    expect(declined).toMatchObject({
      ...error,
      payment_intent: { id, status: 'requires_payment_method', payment_method: null, last_payment_error: error },
    });
    expect(await confirm('tok_ok')).toMatchObject({ status: 'requires_capture', last_payment_error: null });
    expect(await gateway.moved()).toEqual([
      ['decline', 8_800],
      ['authorisation', 8_800],
    ]);
  });

  test('is refused before, when nobody knows it, even by a name that every object has', async () => {
    for (const token of ['tok_unknown', 'constructor']) {
      expect(await gateway.refusal(gateway.confirmed(token))).toMatchObject({
        statusCode: 400,
        code: 'resource_missing',
        param: 'payment_method',
      });
    }
    expect(await gateway.ledger()).toEqual([]);
  });
});

describe('A card that is challenged by its bank', () => {
  const answer = (given: 'pass' | 'fail') =>
    fetch(`${gateway.url}/challenge/${gateway.key}`, { method: 'POST', body: new URLSearchParams({ answer: given }) });

  test('leads to a page of the bank, and is held when the customer passes there', async () => {
    const { id, status, next_action: action } = await gateway.confirmed('tok_3ds');
    expect([status, action?.type]).toEqual(['requires_action', 'redirect_to_url']);
    expect(action!.redirect_to_url!.return_url).toBe(RETURN_URL);
    const page = await fetch(action!.redirect_to_url!.url!);
    expect(await page.text()).toContain('<form method="post"');
    expect(await (await answer('pass')).text()).toContain(`href="${RETURN_URL}"`);
    await answer('fail');
    expect(await gateway.stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'requires_capture' });
    expect(await gateway.moved()).toEqual([
      ['challenge', 8_800],
      ['authorisation', 8_800],
    ]);
  });

  test('is declined when the customer fails there', async () => {
    const { id } = await gateway.confirmed('tok_3ds_failed');
    await answer('pass');
    expect(await gateway.stripe.paymentIntents.retrieve(id)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    });
    expect((await gateway.ledger()).at(-1)).toMatchObject({ kind: 'decline', declineCode: 'authentication_failed' });
  });

  test('ends when the amount is changed meanwhile: the intent is to be confirmed again', async () => {
    const { id } = await gateway.confirmed('tok_3ds');
    expect(await gateway.stripe.paymentIntents.update(id, { amount: 9_900 })).toMatchObject({
      status: 'requires_confirmation',
      amount: 9_900,
    });
    await answer('pass');
    expect(await gateway.stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'requires_confirmation' });
    expect(await gateway.stripe.paymentIntents.confirm(id)).toMatchObject({ status: 'requires_action', amount: 9_900 });
    await answer('pass');
    expect(await gateway.stripe.paymentIntents.retrieve(id)).toMatchObject({
      status: 'requires_capture',
      amount_capturable: 9_900,
    });
  });

  test('can be cancelled, and not be passed afterwards', async () => {
    const { id } = await gateway.confirmed('tok_3ds_abandoned');
    await gateway.stripe.paymentIntents.cancel(id, { cancellation_reason: 'abandoned' });
    await answer('pass');
    expect(await gateway.stripe.paymentIntents.retrieve(id)).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'abandoned',
    });
    expect(await gateway.moved()).toEqual([
      ['challenge', 8_800],
      ['void', 0],
    ]);
  });

  test('is declined when the customer is not there, and shows no page when the shop names none to return to', async () => {
    expect(await gateway.refusal(gateway.confirmed('tok_3ds', { off_session: true }))).toMatchObject({
      statusCode: 402,
      code: 'authentication_required',
    });
    const { id } = await gateway.requestsAbout('o-2').create();
    const { next_action: action } = await gateway.stripe.paymentIntents.confirm(id, { payment_method: 'tok_3ds' });
    expect(action?.type).toBe('use_stripe_sdk');
  });
});

describe('A request that is wrong', () => {
  test.each<[string, () => Promise<unknown>, object]>([
    [
      'an unknown intent',
      () => gateway.stripe.paymentIntents.retrieve('pi_none'),
      { statusCode: 404, code: 'resource_missing' },
    ],
    ['no amount', () => gateway.create({ amount: undefined as never }), { code: 'parameter_missing', param: 'amount' }],
    [
      'an amount of nothing',
      () => gateway.create({ amount: 0 }),
      { code: 'parameter_invalid_integer', param: 'amount' },
    ],
    ['half a fen', () => gateway.create({ amount: 0.5 }), { code: 'parameter_invalid_integer', param: 'amount' }],
    ['too much', () => gateway.create({ amount: 100_000_000 }), { code: 'amount_too_large', param: 'amount' }],
    ['a thousandth of a dinar', () => gateway.create({ amount: 8_801, currency: 'kwd' }), { param: 'amount' }],
    ['a currency that is none', () => gateway.create({ currency: 'yuan' }), { param: 'currency' }],
    ['what nobody knows', () => gateway.create({ tip: 1 } as never), { code: 'parameter_unknown', param: 'tip' }],
    [
      'a nested unknown',
      () => gateway.confirmed('tok_ok', { payment_method_options: { card: { cvc: '1' } } } as never),
      { code: 'parameter_unknown', param: 'payment_method_options[card][cvc]' },
    ],
    ['what is captured at once', () => gateway.create({ capture_method: 'automatic' }), { param: 'capture_method' }],
  ])('names %s, and does nothing', async (_, call, expected) => {
    const refusal = await gateway.refusal(call());
    expect(refusal).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
    expect(refusal).toMatchObject(expected);
    expect(refusal.requestId).toMatch(/^req_/);
    expect(await gateway.ledger()).toEqual([]);
  });
});
