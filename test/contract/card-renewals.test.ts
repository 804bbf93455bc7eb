/** Authorisations of cards that have lapsed: renewed once, voided for good, and never held twice. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PaymentOnRecord } from '../../functions/payments/application/ports.ts';
import { PaymentGatewayUnavailable } from '../../functions/payments/domain/errors.ts';
import { CardOrder, DAY, HOUR, total } from '../support/payments/card-order.ts';

let card: CardOrder;

beforeAll(async () => {
  card = await CardOrder.start();
});
afterAll(() => card.close());

beforeEach(async () => {
  await card.searchLags(500);
  card.begin();
});

describe('An authorisation that has lapsed', () => {
  const renew = (attempt = 2, more: Partial<PaymentOnRecord> = {}) =>
    card.gateway(more).renew(card.orderId, attempt, total);

  test('by its time, after seven days, is renewed and captured', async () => {
    await card.authorised();
    await card.pass(7 * DAY + HOUR);
    expect(await card.gateway().capture(card.orderId, total)).toMatchObject({
      status: 'expired',
      paymentId: card.record.paymentId,
    });
    expect(await renew()).toMatchObject({ status: 'authorised' });
    expect(await card.gateway().capture(card.orderId, total)).toMatchObject({ status: 'captured' });
    expect(await card.moved()).toEqual(['authorisation', 'expiry', 'authorisation', 'capture']);
  });

  test('is ended for good by a void, whose renewal comes too late', async () => {
    await card.authorised();
    await card.pass(7 * DAY + HOUR);
    const voided = { status: 'voided', paymentId: card.record.paymentId };
    expect(await card.gateway().void(card.orderId)).toEqual(voided);
    expect(await renew()).toEqual(voided);
    expect(await card.gateway().find(card.orderId)).toEqual(voided);
    expect(await card.moved()).toEqual(['authorisation', 'expiry', 'void']);
  });

  test('and was renewed without anybody knowing is voided with its renewal', async () => {
    await card.authorised();
    await renew();
    expect(await card.gateway().find(card.orderId)).toMatchObject({ status: 'authorised' });
    expect(await card.gateway().void(card.orderId)).toMatchObject({ status: 'voided' });
    expect(await card.moved()).toEqual(['authorisation', 'void', 'authorisation', 'void']);
  });

  test('and whose renewal has lapsed, too, without anybody knowing, is renewed once more', async () => {
    await card.authorised();
    await card.pass(7 * DAY + HOUR);
    await renew();
    await card.pass(7 * DAY + HOUR);
    expect(await renew()).toMatchObject({ status: 'authorised' });
    expect(await card.gateway().capture(card.orderId, total)).toMatchObject({ status: 'captured' });
    expect(await card.moved()).toEqual([
      'authorisation',
      'expiry',
      'authorisation',
      'expiry',
      'authorisation',
      'capture',
    ]);
  });

  test('is never authorised beside a void, in whatever order their card.requests arrive', async () => {
    for (let round = 0; round < 10; round += 1) {
      card.begin();
      await card.authorised();
      const outcomes = await Promise.allSettled([
        renew(),
        card.gateway().void(card.orderId),
        renew(),
        card.gateway().void(card.orderId),
      ]);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(PaymentGatewayUnavailable);
      }
      await card.gateway().void(card.orderId);
      const entries = (await card.moved()).filter((kind) => kind !== 'void');
      const { intents } = await card.channel.ask<{ intents: { status: string }[] }>(
        'GET',
        `/v1/payments/${card.orderId}`,
      );
      expect(intents.map(({ status }) => status)).toEqual(intents.map(() => 'canceled'));
      expect(entries.every((kind) => kind === 'authorisation')).toBe(true);
      expect((await renew()).status).toBe('voided');
    }
  });

  test('that somebody has cancelled at the gateway is voided, and not renewed', async () => {
    await card.authorised();
    await fetch(`${card.channel.url}/v1/payment_intents/${card.record.paymentId}/cancel`, {
      method: 'POST',
      body: new URLSearchParams({ cancellation_reason: 'fraudulent' }),
    });
    const voided = { status: 'voided', paymentId: card.record.paymentId };
    expect(await card.gateway().capture(card.orderId, total)).toEqual(voided);
    expect(await renew()).toEqual(voided);
  });

  test('of a card whose bank wants to ask its customer is not renewed', async () => {
    await card.authorised();
    await card.channel.ask('POST', `/v1/payments/${card.orderId}/expire`);
    const method = { type: 'card', token: 'tok_3ds' } as const;
    expect(await renew(2, { method })).toMatchObject({ status: 'expired' });
    expect(await card.moved()).toEqual(['authorisation', 'expiry', 'decline']);
  });
});
