/** What the card gateway keeps and forgets: failures under a key, keys after a day, refunds that fail later, and a search that lags. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PaymentGatewayUnavailable, PaymentRequestRefused } from '../../functions/payments/domain/errors.ts';
import { money } from '../../functions/shared/kernel/money.ts';
import { nodeExchange } from '../../functions/shared/outbound/http-exchange.ts';
import { byCard } from '../support/orders/by-card.ts';
import { cardExchangeTo, cardGatewayOver } from '../support/payments/card-at.ts';
import { CardOrder, cny, DAY, HOUR, total } from '../support/payments/card-order.ts';

let card: CardOrder;

beforeAll(async () => {
  card = await CardOrder.start();
});
afterAll(() => card.close());

beforeEach(async () => {
  await card.searchLags(500);
  card.begin();
});

describe('The common way', () => {
  test('takes two card.requests to authorise, and one for each of the others', async () => {
    await card.authorised();
    expect(card.requests.splice(0)).toEqual(['POST /v1/payment_intents', 'POST /v1/payment_intents/:id/confirm']);
    await card.gateway().capture(card.orderId, total);
    expect(card.requests.splice(0)).toEqual(['POST /v1/payment_intents/:id/capture']);
    const refund = { refundId: 'r-1', askedAt: card.now() };
    expect(await card.gateway({ refund }).refund(card.orderId, 'r-1', cny(800))).toMatchObject({
      status: 'captured',
      amount: total,
    });
    expect(card.requests.splice(0)).toEqual(['POST /v1/refunds']);
    expect(await card.gateway().find(card.orderId)).toMatchObject({ refunds: [{ refundId: 'r-1', amount: cny(800) }] });
    expect(card.requests.splice(0)).toEqual(['GET /v1/payment_intents/:id']);
  });

  test('takes one request to void', async () => {
    await card.authorised();
    card.requests.length = 0;
    expect(await card.gateway().void(card.orderId)).toMatchObject({ status: 'voided' });
    expect(card.requests).toEqual(['POST /v1/payment_intents/:id/cancel']);
  });

  test('takes one more for an order that was changed before it was paid', async () => {
    expect(await card.authorise(cny(9_900))).toMatchObject({ status: 'authorised', amount: cny(9_900) });
    expect(card.requests).toHaveLength(3);
    expect(await card.moved()).toEqual(['authorisation']);
  });

  test('sets no other amount while the customer is challenged, nor after a decline', async () => {
    for (const [token, status] of [
      ['tok_3ds', 'pending'],
      ['tok_declined', 'declined'],
    ] as const) {
      card.begin();
      expect(await card.authorise(total, token)).toMatchObject({ status });
      card.requests.length = 0;
      expect(await card.authorise(cny(4_400), token)).toMatchObject({ status });
      expect(card.requests).not.toContain('POST /v1/payment_intents/:id');
    }
  });

  test('lists the refunds of a payment that has many', async () => {
    await card.captured();
    for (let n = 1; n <= 12; n += 1) await card.gateway().refund(card.orderId, `r-${n}`, cny(n));
    const payment = await card.gateway().find(card.orderId);
    const refunds = Array.from({ length: 12 }, (_, index) => ({ refundId: `r-${index + 1}`, amount: cny(index + 1) }));
    expect(payment).toMatchObject({ status: 'captured', refunds });
  });
});

describe('A failure that the gateway keeps', () => {
  test.each(['fails', 'fails-after'])(
    'of an attempt that was to be opened (%s) is followed by a further key',
    async (fault) => {
      await card.fail('payment_intents', fault);
      await expect(card.authorise()).rejects.toThrow(PaymentGatewayUnavailable);
      expect(await card.authorise()).toMatchObject({ status: 'authorised' });
      expect(await card.authorise()).toMatchObject({ status: 'authorised' });
      expect(await card.gateway().void(card.orderId)).toMatchObject({ status: 'voided' });
      expect(await card.moved()).toEqual(['authorisation', 'void']);
    },
  );

  test('of a confirmation without an effect is followed by a further key', async () => {
    await card.fail('payment_intents/:id/confirm', 'fails');
    await expect(card.authorise()).rejects.toThrow(PaymentGatewayUnavailable);
    expect(await card.authorise()).toMatchObject({ status: 'authorised' });
    expect(await card.moved()).toEqual(['authorisation']);
  });

  test('of a confirmation after its effect is none: the attempt is asked for', async () => {
    await card.fail('payment_intents/:id/confirm', 'fails-after');
    expect(await card.authorise()).toMatchObject({ status: 'authorised' });
    expect(await card.authorise()).toMatchObject({ status: 'authorised' });
    expect(await card.moved()).toEqual(['authorisation']);
  });

  test('of a raise is followed by a further key', async () => {
    await card.authorised();
    await card.fail('payment_intents/:id/increment_authorization', 'fails');
    await expect(card.gateway().adjust(card.orderId, 'a-1', cny(9_900))).rejects.toThrow(PaymentGatewayUnavailable);
    expect(await card.gateway().adjust(card.orderId, 'a-1', cny(9_900))).toMatchObject({ amount: cny(9_900) });
  });

  test('of a refund is followed by a further key once the list shows that it was not made', async () => {
    await card.captured();
    await card.fail('refunds', 'fails');
    await expect(card.gateway().refund(card.orderId, 'r-1', cny(800))).rejects.toThrow(PaymentGatewayUnavailable);
    expect(await card.gateway().refund(card.orderId, 'r-1', cny(800))).toMatchObject({
      refunds: [{ refundId: 'r-1' }],
    });
    await card.fail('refunds', 'fails-after');
    expect(await card.gateway().refund(card.orderId, 'r-2', cny(800))).toMatchObject({
      refunds: [{}, { refundId: 'r-2' }],
    });
    expect(await card.gateway().refund(card.orderId, 'r-2', cny(800))).toMatchObject({
      refunds: [{}, { refundId: 'r-2' }],
    });
    expect(await card.moved()).toEqual(['authorisation', 'capture', 'refund', 'refund']);
  });
});

describe('After a day, when keys are forgotten,', () => {
  test('an attempt of which nothing is on record is found by its order, and not made again', async () => {
    await card.authorise();
    await card.pass(DAY + HOUR);
    expect(await card.authorise()).toMatchObject({ status: 'authorised' });
    expect(await card.gateway().void(card.orderId)).toMatchObject({ status: 'voided' });
    expect(await card.moved()).toEqual(['authorisation', 'void']);
  });

  test('an attempt that the search does not show yet is known by its key', async () => {
    await card.pass(DAY + HOUR);
    card.record = { ...card.record, placedAt: card.now() - 30 * HOUR * 1_000 };
    await card.searchLags(60_000);
    expect(await card.authorise()).toMatchObject({ status: 'authorised' });
    expect(await card.authorise()).toMatchObject({ status: 'authorised' });
    expect(await card.gateway().void(card.orderId)).toMatchObject({ status: 'voided' });
    expect(await card.moved()).toEqual(['authorisation', 'void']);
  });

  test('what the search shows as it was before is asked for', async () => {
    await card.authorise();
    await card.pass(DAY + HOUR);
    await card.searchLags(60_000);
    expect(await card.gateway().capture(card.orderId, total)).toMatchObject({ status: 'captured' });
    expect(await card.gateway().find(card.orderId)).toMatchObject({ status: 'captured' });
  });

  test('a void that comes first still leaves its tombstone', async () => {
    await card.pass(DAY + HOUR);
    card.record = { ...card.record, placedAt: card.now() - 2 * DAY * 1_000 };
    expect(await card.gateway().void(card.orderId)).toEqual({ status: 'closed' });
    expect(await card.authorise()).toEqual({ status: 'closed' });
    await card.pass(DAY + HOUR);
    expect(await card.authorise()).toEqual({ status: 'closed' });
    expect(await card.moved()).toEqual(['void']);
  });

  test('of two attempts, of which the first has failed for good, the one that was used is found', async () => {
    await card.fail('payment_intents', 'fails-after');
    await expect(card.authorise()).rejects.toThrow(PaymentGatewayUnavailable);
    await card.authorise();
    await card.pass(DAY + HOUR);
    expect(await card.gateway().capture(card.orderId, total)).toMatchObject({ status: 'captured' });
    expect(await card.moved()).toEqual(['authorisation', 'capture']);
  });

  test('a refund is listed before it is asked for again', async () => {
    await card.captured();
    const refund = { refundId: 'r-1', askedAt: card.now() };
    await card.gateway({ refund }).refund(card.orderId, 'r-1', cny(800));
    await card.pass(DAY + HOUR);
    expect(await card.gateway({ refund }).refund(card.orderId, 'r-1', cny(800))).toMatchObject({
      refunds: [{ refundId: 'r-1' }],
    });
    expect(await card.moved()).toEqual(['authorisation', 'capture', 'refund']);
    await expect(card.gateway({ refund }).refund(card.orderId, 'r-1', cny(801))).rejects.toThrow(PaymentRequestRefused);
  });
});

describe('A refund that fails after the gateway has accepted it', () => {
  const refunding = (isAgain: boolean) =>
    card.gateway({ refund: { refundId: 'r-1', askedAt: card.now() } }).refund(card.orderId, 'r-1', cny(800), isAgain);

  test('is no refund, and is made again when a person wants it', async () => {
    await card.captured();
    await refunding(false);
    const { data } = await card.channel.ask<{ data: { id: string }[] }>(
      'GET',
      `/v1/refunds?payment_intent=${card.record.paymentId}`,
    );
    await card.channel.ask('POST', `/v1/refunds/${data[0]!.id}/end`, { status: 'failed' });
    const failed = [{ refundId: 'r-1', amount: cny(800), reason: 'unknown' }];
    expect(await refunding(false)).toMatchObject({ status: 'captured', refunds: [], failed });
    expect(await refunding(true)).toMatchObject({ refunds: [{ refundId: 'r-1' }] });
    expect(await refunding(true)).toMatchObject({ refunds: [{ refundId: 'r-1' }] });
    expect(await card.moved()).toEqual(['authorisation', 'capture', 'refund', 'refund-failed', 'refund']);
  });
});

describe('An order of yesterday', () => {
  test('is held once although the search shows an intent that a failure has made, and not yet the one that is used', async () => {
    await card.searchLags(60_000);
    card.record = { ...card.record, placedAt: card.now() - 2 * DAY * 1_000 };
    await card.fail('payment_intents', 'fails-after');
    await expect(card.authorise()).rejects.toThrow(PaymentGatewayUnavailable);
    const held = await card.authorise();
    await card.searchLags(0);
    const exchange = cardExchangeTo(card.channel.url, async (request) => {
      const answer = await nodeExchange(request);
      if (!request.url.includes('/search')) return answer;
      const { data } = JSON.parse(answer.text) as { data: { status: string }[] };
      const untouched = data.filter(({ status }) => status === 'requires_payment_method');
      expect([data.length, untouched.length]).toEqual([2, 1]);
      return { ...answer, text: JSON.stringify({ data: untouched }) };
    });
    const again = () => cardGatewayOver(exchange, card.now)(card.record);
    expect(await again().authorise(card.orderId, total, byCard('tok_ok'))).toEqual(held);
    expect(await again().void(card.orderId)).toMatchObject({ status: 'voided' });
    expect(await card.moved()).toEqual(['authorisation', 'void']);
  });
});

describe('A card', () => {
  test('that the gateway does not know is declined, and its order is closed by a void', async () => {
    expect(await card.authorise(total, 'tok_of_nobody')).toEqual({
      status: 'declined',
      declineCode: 'unknown_payment_method',
    });
    expect(await card.authorise(total, 'tok_of_nobody')).toEqual({
      status: 'declined',
      declineCode: 'unknown_payment_method',
    });
    expect(await card.gateway().void(card.orderId)).toEqual({ status: 'closed' });
  });

  test('is not asked for an amount that the gateway never takes: the order is closed without a trace', async () => {
    card.record = { ...card.record, firstTotal: money(1_001, 'KWD') };
    await expect(card.authorise(money(1_001, 'KWD'))).rejects.toThrow(PaymentRequestRefused);
    expect(await card.gateway().find(card.orderId)).toEqual({ status: 'none' });
    expect(await card.gateway().void(card.orderId)).toEqual({ status: 'closed' });
    card.record = { ...card.record, firstTotal: cny(100_000_000) };
    await expect(card.authorise(cny(100_000_000))).rejects.toThrow(PaymentRequestRefused);
    expect(await card.gateway().void(card.orderId)).toEqual({ status: 'closed' });
    expect(await card.moved()).toEqual([]);
  });
});
