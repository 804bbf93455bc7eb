/** The payment gateway behind the chain of policies, over HTTP: what the adapter and the policies are together. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cardExchange } from '../../functions/payments/adapters/card/exchange.ts';
import { PAYMENT_ROUTES } from '../../functions/payments/adapters/partner.ts';
import type { PaymentGateway } from '../../functions/payments/application/ports.ts';
import { PaymentGatewayUnavailable, PaymentOutcomeUnknown } from '../../functions/payments/domain/errors.ts';
import { type OrderId, parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { money } from '../../functions/shared/kernel/money.ts';
import { CircuitOpen, NoHealthyInstance } from '../../functions/shared/outbound/errors.ts';
import { UnreliableNetwork } from '../support/fakes/unreliable-network.ts';
import { byCard } from '../support/orders/by-card.ts';
import { chainInMemory } from '../support/partners/chain-in-memory.ts';
import { cardAt } from '../support/payments/card-at.ts';
import { kindsOf, type Partners, startPartners } from '../support/platform/partners.ts';

const total = money(8_800, 'CNY');
let partners: Partners;
let network: UnreliableNetwork;
let gateway: PaymentGateway;
let orderId: OrderId;
let now: number;

beforeAll(async () => {
  partners = await startPartners();
});
afterAll(() => partners?.close());

beforeEach(() => {
  network = new UnreliableNetwork();
  now = Date.UTC(2026, 10, 26);
  orderId = parseOrderId(randomUUID());
  const operations = Object.keys(PAYMENT_ROUTES) as (keyof typeof PAYMENT_ROUTES)[];
  const address = { name: 'payment-gateway', fallbackUrl: partners.gatewayUrl };
  gateway = cardAt(partners.gatewayUrl, {
    exchange: chainInMemory({
      routes: Object.fromEntries(operations.map((operation) => [operation, address])) as Record<
        keyof typeof PAYMENT_ROUTES,
        typeof address
      >,
      exchange: cardExchange(network.exchange),
      clock: { now: () => now, random: () => 0, sleep: async (ms) => void (now += ms) },
    }),
  });
});

const moved = async () => kindsOf(await partners.gatewayLedger(orderId));
const authorise = (token = 'tok_ok') => gateway.authorise(orderId, total, byCard(token));
/** Two captures do not arrive, and neither does the question about each, nor its repetitions. */
async function loseFour(): Promise<void> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    network.plan('lost', 'lost', 'lost', 'lost');
    await expect(gateway.capture(orderId, total)).rejects.toThrow(PaymentOutcomeUnknown);
  }
}

describe('A gateway behind the chain', () => {
  test('does what it is asked for, once', async () => {
    expect(await authorise()).toMatchObject({ status: 'authorised' });
    expect(await gateway.capture(orderId, total)).toMatchObject({ status: 'captured' });
    expect(await moved()).toEqual(['authorisation', 'capture']);
  });

  test('may decline any number of cards: that is no failure', async () => {
    for (let card = 0; card < 12; card += 1) {
      orderId = parseOrderId(randomUUID());
      expect(await authorise('tok_declined')).toMatchObject({ status: 'declined' });
    }
  });

  test('is asked what became of a lost answer, through the same chain', async () => {
    network.plan('delivered', 'answer lost', 'lost');
    expect(await authorise()).toMatchObject({ status: 'authorised' });
    expect(await moved()).toEqual(['authorisation']);
  });

  test('is not in doubt about what was never sent, but about what followed a lost answer', async () => {
    network.plan('refused', 'refused');
    await expect(authorise()).rejects.toThrow(NoHealthyInstance);
    expect(await moved()).toEqual([]);
    network.plan('delivered', 'answer lost', 'refused', 'refused');
    await expect(authorise()).rejects.toThrow(PaymentOutcomeUnknown);
    expect(await moved()).toEqual(['authorisation']);
  });

  test('gets nothing while its circuit is open, and no question either', async () => {
    await authorise();
    await loseFour();
    // The fifth failure opens the circuit: what was sent then cannot be asked about.
    network.plan('answer lost');
    await expect(gateway.capture(orderId, total)).rejects.toThrow(PaymentOutcomeUnknown);
    expect(await moved()).toEqual(['authorisation', 'capture']);

    await expect(gateway.capture(orderId, total)).rejects.toThrow(CircuitOpen);
    await expect(gateway.find(orderId)).rejects.toThrow(CircuitOpen);
  });

  test('gets calls again when it is back, and what was done meanwhile is found', async () => {
    await authorise();
    await loseFour();
    network.plan('answer lost');
    await expect(gateway.capture(orderId, total)).rejects.toThrow(PaymentOutcomeUnknown);
    now += 30_000;
    expect(await gateway.capture(orderId, total)).toMatchObject({ status: 'captured' });
    expect(await gateway.void(orderId)).toMatchObject({ status: 'captured' });
    expect(await moved()).toEqual(['authorisation', 'capture']);
  });

  test('may fail with one order without being away: its answers about it show that it is there', async () => {
    await authorise('tok_refund_fails');
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await expect(gateway.void(orderId)).rejects.toThrow(PaymentGatewayUnavailable);
      now += 10_000;
    }
  });
});
