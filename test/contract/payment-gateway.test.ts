/** What every payment gateway does behind the port: in memory, and over HTTP with the simulated gateway's own process. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { HttpPaymentGateway } from '../../functions/payments/adapters/http-payment-gateway.ts';
import { PaymentRequestRefused } from '../../functions/payments/domain/errors.ts';
import type { PaymentGateway } from '../../functions/payments/ports.ts';
import { parseOrderId, type OrderId } from '../../functions/shared/kernel/ids.ts';
import { money } from '../../functions/shared/kernel/money.ts';
import { InMemoryPaymentGateway } from '../support/fakes/in-memory-payment-gateway.ts';
import { kindsOf, startPartners, type Partners } from '../support/partners.ts';

interface World {
  readonly gateway: PaymentGateway;
  movements(orderId: OrderId): Promise<readonly string[]>;
}

let partners: Partners;

beforeAll(async () => {
  partners = await startPartners();
});

afterAll(() => partners?.close());

const inMemory = (): World => {
  const gateway = new InMemoryPaymentGateway();
  return { gateway, movements: async (orderId) => gateway.movements(orderId) };
};
const overHttp = (): World => ({
  gateway: new HttpPaymentGateway({ baseUrl: partners.gatewayUrl, timeoutMs: 5_000 }),
  movements: async (orderId) => kindsOf(await partners.gatewayLedger(orderId)),
});

describe.each([['in memory', inMemory], ['over HTTP', overHttp]] as const)('Payment gateway %s', (_, makeWorld) => {
  const total = money(8_800, 'CNY');
  let gateway: PaymentGateway;
  let orderId: OrderId;
  let moved: () => Promise<readonly string[]>;

  beforeEach(() => {
    const world = makeWorld();
    gateway = world.gateway;
    orderId = parseOrderId(randomUUID());
    moved = () => world.movements(orderId);
  });

  const authorise = () => gateway.authorise(orderId, total, 'tok_ok');
  const capture = () => gateway.capture(orderId, total);
  const voidIt = () => gateway.void(orderId);
  const refund = () => gateway.refund(orderId, total);

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
    expect(await gateway.authorise(orderId, total, 'tok_declined')).toEqual(declined);
    expect(await gateway.authorise(orderId, total, 'tok_declined')).toEqual(declined);
    expect(await gateway.find(orderId)).toEqual(declined);
    expect(await capture()).toEqual(declined);
    expect(await voidIt()).toEqual(declined);
    expect(await moved()).toEqual(['decline']);
  });

  test('refuses another amount under the same order', async () => {
    await authorise();
    await expect(gateway.authorise(orderId, money(8_801, 'CNY'), 'tok_ok')).rejects.toThrow(PaymentRequestRefused);
    expect(await moved()).toEqual(['authorisation']);
  });

  test('captures once, however often it is asked', async () => {
    const { paymentId } = (await authorise()) as { paymentId: string };
    const captured = { status: 'captured', paymentId, amount: total };
    expect(await capture()).toEqual(captured);
    expect(await capture()).toEqual(captured);
    expect(await authorise()).toEqual(captured);
    expect(await moved()).toEqual(['authorisation', 'capture']);
  });

  test('captures nothing of what was not authorised, and not more than was', async () => {
    expect(await capture()).toEqual({ status: 'none' });
    await authorise();
    await expect(gateway.capture(orderId, money(8_801, 'CNY'))).rejects.toThrow(PaymentRequestRefused);
    expect(await moved()).toEqual(['authorisation']);
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
    expect(await voidIt()).toEqual({ status: 'captured', paymentId, amount: total });
    const refunded = { status: 'refunded', paymentId, amount: total };
    expect(await refund()).toEqual(refunded);
    expect(await refund()).toEqual(refunded);
    expect(await voidIt()).toEqual(refunded);
    expect(await capture()).toEqual(refunded);
    expect(await authorise()).toEqual(refunded);
    expect(await moved()).toEqual(['authorisation', 'capture', 'refund']);
  });

  test('refunds nothing of what was only held', async () => {
    await authorise();
    expect(await refund()).toMatchObject({ status: 'authorised' });
    expect(await moved()).toEqual(['authorisation']);
  });
});
