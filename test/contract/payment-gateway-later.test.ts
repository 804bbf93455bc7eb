/** What a card's payment comes to later: after the challenge of the bank, and when its authorisation has expired. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OrderId, parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { money } from '../../functions/shared/kernel/money.ts';
import { byCard } from '../support/orders/by-card.ts';
import { CARD_GATEWAYS, type CardWorld } from '../support/payments/card-gateways.ts';
import { type Partners, startPartners } from '../support/platform/partners.ts';

let partners: Partners;

beforeAll(async () => {
  partners = await startPartners();
});

afterAll(() => partners?.close());

describe.each(CARD_GATEWAYS)('A payment at the gateway %s', (_, makeWorld) => {
  const cny = (amount: number) => money(amount, 'CNY');
  const total = cny(8_800);
  let world: CardWorld;
  let orderId: OrderId;

  beforeEach(() => {
    world = makeWorld(partners);
    orderId = parseOrderId(randomUUID());
  });

  const moved = () => world.movements(orderId);
  const authorise = (amount = total.amount, token = 'tok_ok') =>
    world.gateway.authorise(orderId, cny(amount), byCard(token));
  const capture = () => world.gateway.capture(orderId, total);
  const voidIt = () => world.gateway.void(orderId);
  const adjust = (amount: number) => world.gateway.adjust(orderId, `to-${amount}`, cny(amount));

  describe('whose bank challenges the customer', () => {
    const challenged = () => authorise(total.amount, 'tok_3ds');

    test('waits for the customer, and says which page to open, however often it is asked', async () => {
      const first = await challenged();
      expect(first).toEqual({
        status: 'pending',
        amount: total,
        action: { type: 'redirect', url: expect.any(String) },
      });
      expect(await challenged()).toEqual(first);
      expect(await world.gateway.find(orderId)).toEqual(first);
      expect(await capture()).toEqual(first);
      expect(await adjust(9_900)).toEqual(first);
      expect(await moved()).toEqual(['challenge']);
    });

    test('is authorised when the customer passes, and once however often', async () => {
      await challenged();
      await world.answerChallenge(orderId, 'pass');
      await world.answerChallenge(orderId, 'fail');
      expect(await challenged()).toMatchObject({ status: 'authorised', amount: total });
      expect(await capture()).toMatchObject({ status: 'captured' });
      expect(await moved()).toEqual(['challenge', 'authorisation', 'capture']);
    });

    test('is declined when the customer fails', async () => {
      await challenged();
      await world.answerChallenge(orderId, 'fail');
      const declined = { status: 'declined', declineCode: 'authentication_failed' };
      expect(await challenged()).toEqual(declined);
      expect(await voidIt()).toEqual(declined);
    });

    test('is never authorised once it is voided, also when the customer passes afterwards', async () => {
      await challenged();
      expect(await voidIt()).toEqual({ status: 'closed' });
      await world.answerChallenge(orderId, 'pass');
      expect(await challenged()).toEqual({ status: 'closed' });
      expect(await moved()).toEqual(['challenge']);
    });
  });

  describe('whose authorisation has expired', () => {
    const renew = (attempt = 2, amount = total.amount) => world.gateway.renew(orderId, attempt, cny(amount));

    test('captures nothing before it is renewed, and then once', async () => {
      const { paymentId } = (await authorise()) as { paymentId: string };
      await world.expire(orderId);
      const expired = { status: 'expired', paymentId, amount: total };
      expect(await capture()).toEqual(expired);
      expect(await authorise()).toEqual(expired);
      expect(await adjust(9_900)).toEqual(expired);
      const renewed = await renew();
      expect(renewed).toEqual({ status: 'authorised', paymentId: expect.any(String), amount: total });
      expect(renewed).not.toMatchObject({ paymentId });
      expect(await renew()).toEqual(renewed);
      const captured = await capture();
      expect(captured).toMatchObject({ status: 'captured', amount: total });
      expect(await renew()).toEqual(captured);
      expect(await renew(3)).toEqual(captured);
      expect(await moved()).toEqual(['authorisation', 'expiry', 'authorisation', 'capture']);
    });

    test('is never authorised twice at a time: what is still held is released by the renewal', async () => {
      await authorise();
      await renew();
      expect(await moved()).toEqual(['authorisation', 'void', 'authorisation']);
    });

    test('stays expired when the renewal is declined, and can be voided for good', async () => {
      const { paymentId } = (await authorise(8_800, 'tok_limit_8800')) as { paymentId: string };
      await world.expire(orderId);
      expect(await renew(2, 8_801)).toEqual({ status: 'expired', paymentId, amount: total });
      expect(await voidIt()).toEqual({ status: 'voided', paymentId });
      expect(await renew(3)).toEqual({ status: 'voided', paymentId });
    });

    test('renews nothing where nothing was authorised', async () => {
      expect(await renew()).toEqual({ status: 'none' });
    });
  });
});
