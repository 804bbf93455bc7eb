/** What every payment gateway does behind the port: in memory, and over HTTP with the simulated gateway's own process. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PaymentGateway } from '../../functions/payments/application/ports.ts';
import { PaymentRequestRefused } from '../../functions/payments/domain/errors.ts';
import { type OrderId, parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { money } from '../../functions/shared/kernel/money.ts';
import { byCard } from '../support/orders/by-card.ts';
import { CARD_GATEWAYS } from '../support/payments/card-gateways.ts';
import { type Partners, startPartners } from '../support/platform/partners.ts';

let partners: Partners;

beforeAll(async () => {
  partners = await startPartners();
});

afterAll(() => partners?.close());

describe.each(CARD_GATEWAYS)('Payment gateway %s', (_, makeWorld) => {
  const cny = (amount: number) => money(amount, 'CNY');
  const total = cny(8_800);
  let gateway: PaymentGateway;
  let orderId: OrderId;
  let moved: () => Promise<readonly string[]>;

  beforeEach(() => {
    const world = makeWorld(partners);
    gateway = world.gateway;
    orderId = parseOrderId(randomUUID());
    moved = () => world.movements(orderId);
  });

  const authorise = (amount = total.amount, token = 'tok_ok') => gateway.authorise(orderId, cny(amount), byCard(token));
  const capture = (amount = total.amount) => gateway.capture(orderId, cny(amount));
  const voidIt = () => gateway.void(orderId);
  const refund = (refundId = 'r-1', amount = total.amount) => gateway.refund(orderId, refundId, cny(amount));
  const adjust = (amount: number, adjustmentId = `to-${amount}`) => gateway.adjust(orderId, adjustmentId, cny(amount));

  test('knows nothing of an order that nobody paid for', async () => {
    expect(await gateway.find(orderId)).toEqual({ status: 'none' });
  });

  test('authorises once, however often it is asked', async () => {
    const first = await authorise();
    expect(first).toEqual({ status: 'authorised', paymentId: expect.stringMatching(/./), amount: total });
    expect(await authorise()).toEqual(first);
    expect(await gateway.find(orderId)).toEqual(first);
    expect(await moved()).toEqual(['authorisation']);
  });

  test('keeps the payments of two orders apart', async () => {
    await authorise();
    await gateway.void(parseOrderId(randomUUID()));
    expect(await gateway.find(orderId)).toMatchObject({ status: 'authorised' });
  });

  test('declines for good', async () => {
    const declined = { status: 'declined', declineCode: 'insufficient_funds' };
    expect(await gateway.authorise(orderId, total, byCard('tok_declined'))).toEqual(declined);
    expect(await gateway.authorise(orderId, total, byCard('tok_declined'))).toEqual(declined);
    expect(await gateway.find(orderId)).toEqual(declined);
    expect(await capture()).toEqual(declined);
    expect(await voidIt()).toEqual(declined);
    expect(await moved()).toEqual(['decline']);
  });

  test('raises a hold that is short of what is authorised, and never takes it back', async () => {
    const { paymentId } = (await authorise()) as { paymentId: string };
    const raised = { status: 'authorised', paymentId, amount: cny(9_900) };
    expect(await authorise(9_900)).toEqual(raised);
    expect(await authorise(9_900)).toEqual(raised);
    expect(await authorise()).toEqual(raised);
    expect(await moved()).toEqual(['authorisation', 'adjustment']);
  });

  test('adjusts a hold up, and down where it can, once per adjustment, however late it is repeated', async () => {
    const { lowerable } = gateway.capabilities;
    const { paymentId } = (await authorise()) as { paymentId: string };
    const down = { status: 'authorised', paymentId, amount: cny(lowerable ? 5_000 : 9_900) };
    expect(await adjust(9_900, 'up')).toEqual({ status: 'authorised', paymentId, amount: cny(9_900) });
    expect(await adjust(5_000, 'down')).toEqual(down);
    expect(await adjust(9_900, 'up')).toEqual(down);
    expect(await gateway.find(orderId)).toEqual(down);
    expect(await moved()).toEqual(['authorisation', 'adjustment', ...(lowerable ? ['adjustment'] : [])]);
    await expect(adjust(9_901, 'up')).rejects.toThrow(PaymentRequestRefused);
  });

  test('releases what is held beyond the captured amount', async () => {
    await authorise();
    await adjust(9_900, 'up');
    expect(await capture(5_000)).toMatchObject({ status: 'captured', amount: cny(5_000) });
    expect(await voidIt()).toMatchObject({ status: 'captured', amount: cny(5_000) });
    expect(await moved()).toEqual(['authorisation', 'adjustment', 'capture']);
  });

  test('holds what it held when a raise is declined, by adjustment or by authorisation', async () => {
    const held = await authorise(8_800, 'tok_limit_9000');
    expect(held).toMatchObject({ status: 'authorised', amount: cny(8_800) });
    expect(await adjust(9_001)).toEqual(held);
    expect(await adjust(9_001)).toEqual(held);
    expect(await authorise(9_001, 'tok_limit_9000')).toEqual(held);
    expect(await adjust(9_000)).toMatchObject({ status: 'authorised', amount: cny(9_000) });
    expect(await capture(9_000)).toMatchObject({ status: 'captured' });
    expect(await moved()).toEqual(['authorisation', 'decline', 'decline', 'adjustment', 'capture']);
  });

  test('declines an authorisation beyond what the card is good for', async () => {
    expect(await authorise(9_001, 'tok_limit_9000')).toEqual({ status: 'declined', declineCode: 'limit_exceeded' });
  });

  test('adjusts nothing where nothing is held, or not any more', async () => {
    expect(await adjust(9_900)).toEqual({ status: 'none' });
    await authorise();
    const captured = await capture();
    expect(await adjust(9_900)).toEqual(captured);
    await refund();
    expect(await adjust(9_900)).toMatchObject({ status: 'refunded' });
    expect(await moved()).toEqual(['authorisation', 'capture', 'refund']);
  });

  test('captures once, however often it is asked', async () => {
    const { paymentId } = (await authorise()) as { paymentId: string };
    const captured = { status: 'captured', paymentId, amount: total, refunds: [] };
    expect(await capture()).toEqual(captured);
    expect(await capture()).toEqual(captured);
    expect(await authorise()).toEqual(captured);
    expect(await moved()).toEqual(['authorisation', 'capture']);
  });

  test('captures nothing of what was not authorised, and not more than was', async () => {
    expect(await capture()).toEqual({ status: 'none' });
    const held = await authorise();
    expect(await capture(8_801)).toEqual(held);
    expect(await moved()).toEqual(['authorisation']);
  });

  test('takes a part of what is held, and then nothing more of it', async () => {
    const { paymentId } = (await authorise()) as { paymentId: string };
    expect(await capture(5_000)).toEqual({ status: 'captured', paymentId, amount: cny(5_000), refunds: [] });
    expect(await refund('r-1', 5_001)).toMatchObject({ status: 'captured', refunds: [] });
    expect(await refund('r-1', 5_000)).toMatchObject({ status: 'refunded', amount: cny(5_000) });
    expect(await moved()).toEqual(['authorisation', 'capture', 'refund']);
  });

  test('gives a hold back once, and takes nothing of it afterwards', async () => {
    const { paymentId } = (await authorise()) as { paymentId: string };
    const voided = { status: 'voided', paymentId };
    expect(await voidIt()).toEqual(voided);
    expect(await voidIt()).toEqual(voided);
    expect(await authorise()).toEqual(voided);
    expect(await capture()).toEqual(voided);
    expect(await refund()).toEqual(voided);
    expect(await moved()).toEqual(['authorisation', 'void']);
  });

  test('refuses an authorisation that arrives after its void', async () => {
    const closed = { status: 'closed' };
    expect(await voidIt()).toEqual(closed);
    expect(await voidIt()).toEqual(closed);
    expect(await authorise()).toEqual(closed);
    expect(await capture()).toEqual(closed);
    expect(await gateway.find(orderId)).toEqual(closed);
    expect(await moved()).toEqual([]);
  });

  test('does not void what was taken, and gives it back in full, once', async () => {
    const { paymentId } = (await authorise()) as { paymentId: string };
    await capture();
    expect(await voidIt()).toEqual({ status: 'captured', paymentId, amount: total, refunds: [] });
    const refunded = { status: 'refunded', paymentId, amount: total, refunds: [{ refundId: 'r-1', amount: total }] };
    expect(await refund()).toEqual(refunded);
    expect(await refund()).toEqual(refunded);
    expect(await voidIt()).toEqual(refunded);
    expect(await capture()).toEqual(refunded);
    expect(await authorise()).toEqual(refunded);
    expect(await moved()).toEqual(['authorisation', 'capture', 'refund']);
  });

  test('gives back in parts, each once, and together never more than was taken', async () => {
    const { paymentId } = (await authorise()) as { paymentId: string };
    await capture();
    const first = { refundId: 'r-1', amount: cny(3_000) };
    const second = { refundId: 'r-2', amount: cny(5_800) };
    expect(await refund('r-1', 3_000)).toEqual({ status: 'captured', paymentId, amount: total, refunds: [first] });
    expect(await refund('r-1', 3_000)).toEqual({ status: 'captured', paymentId, amount: total, refunds: [first] });
    expect(await refund('r-2', 5_801)).toEqual({ status: 'captured', paymentId, amount: total, refunds: [first] });
    expect(await refund('r-2', 5_800)).toEqual({
      status: 'refunded',
      paymentId,
      amount: total,
      refunds: [first, second],
    });
    expect(await refund('r-1', 3_000)).toMatchObject({ status: 'refunded', refunds: [first, second] });
    expect(await refund('r-3', 1)).toMatchObject({ status: 'refunded', refunds: [first, second] });
    expect(await moved()).toEqual(['authorisation', 'capture', 'refund', 'refund']);
  });

  test('refuses a refund whose id belongs to another amount', async () => {
    await authorise();
    await capture();
    await refund('r-1', 3_000);
    await expect(refund('r-1', 3_001)).rejects.toThrow(PaymentRequestRefused);
    expect(await moved()).toEqual(['authorisation', 'capture', 'refund']);
  });

  test('refunds nothing of what was only held', async () => {
    await authorise();
    expect(await refund()).toMatchObject({ status: 'authorised' });
    expect(await moved()).toEqual(['authorisation']);
  });
});
