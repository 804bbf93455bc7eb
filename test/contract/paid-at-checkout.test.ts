/** What every channel does behind the port at which customers pay at checkout, with the simulated channel on its real protocol. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { numberOf } from '../../functions/payments/adapters/our-number.ts';
import type { PaymentGateway } from '../../functions/payments/application/ports.ts';
import { PaymentGatewayUnavailable, PaymentOutcomeUnknown } from '../../functions/payments/domain/errors.ts';
import { type OrderId, parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { money } from '../../functions/shared/kernel/money.ts';
import { alipayWorld, type ChannelWorld, wechatPayWorld } from '../support/payments/channels.ts';

const cny = (amount: number) => money(amount, 'CNY');
const total = cny(8_805);

describe('Alipay, which refunds what is paid just before a trade is cancelled', () => {
  let world: Awaited<ReturnType<typeof alipayWorld>>;
  beforeAll(async () => {
    world = await alipayWorld('key');
  });
  afterAll(() => world?.close());

  test.each([
    ['tells of it', true],
    ['tells nothing', false],
  ])('shows that refund, once, when it %s', async (_, tells) => {
    const orderId = parseOrderId(randomUUID());
    await world.gateway.authorise(orderId, total, world.terms);
    await world.payBeforeCancel();
    if (tells) world.told.push(numberOf(orderId));
    const back = [{ refundId: 'saga-compensation-at-close', amount: total }];
    expect(await world.gateway.void(orderId)).toMatchObject({ status: 'refunded', amount: total, refunds: back });
    expect(await world.gateway.void(orderId)).toMatchObject({ status: 'refunded', refunds: back });
    expect((await world.ledger(orderId)).filter((kind) => kind === 'refund')).toHaveLength(1);
  });
});

describe.each([
  ['Alipay, with its key', () => alipayWorld('key')],
  ['Alipay, with certificates', () => alipayWorld('certificates')],
  ['WeChat Pay', wechatPayWorld],
] as const)('%s', (_, makeWorld) => {
  let world: ChannelWorld;
  let gateway: PaymentGateway;
  let orderId: OrderId;
  beforeAll(async () => {
    world = await makeWorld();
    gateway = world.gateway;
  });
  afterAll(() => world?.close());
  beforeEach(() => {
    orderId = parseOrderId(randomUUID());
  });
  const authorise = () => gateway.authorise(orderId, total, world.terms);
  const paid = async () => {
    await authorise();
    await world.pay(orderId);
  };
  const refund = (refundId: string, amount: number) => gateway.refund(orderId, refundId, cny(amount));
  const kinds = () => world.ledger(orderId);

  test('knows nothing of an order that nobody paid for', async () => {
    expect(await gateway.find(orderId)).toEqual({ status: 'none' });
  });

  test('waits for the customer with a code to scan, and is captured when it is paid', async () => {
    const pending = { status: 'pending', amount: total, action: { type: 'qr_code', text: expect.any(String) } };
    expect(await authorise()).toEqual(pending);
    expect(await authorise()).toEqual(pending);
    await world.pay(orderId);
    const captured = { status: 'captured', paymentId: expect.stringMatching(/^\d{28}$/), amount: total, refunds: [] };
    expect(await gateway.find(orderId)).toEqual(captured);
    expect(await authorise()).toEqual(captured);
    expect(await gateway.capture(orderId, total)).toEqual(captured);
    expect(await gateway.void(orderId)).toEqual(captured);
  });

  test('refunds parts, each of them once, and in all no more than was paid', async () => {
    await paid();
    expect(await refund('r-1', 805)).toMatchObject({ refunds: [{ refundId: 'r-1', amount: cny(805) }] });
    expect(await refund('r-1', 805)).toMatchObject({ refunds: [{ refundId: 'r-1', amount: cny(805) }] });
    expect(await refund('r-2', 8_001)).toMatchObject({ status: 'captured', refunds: [{ refundId: 'r-1' }] });
    expect(await refund('r-2', 8_000)).toMatchObject({ status: 'refunded' });
    expect((await kinds()).filter((kind) => kind === 'refund')).toHaveLength(2);
  });

  test('has a refund pending until the money is back', async () => {
    await paid();
    await world.fail('refund', 'pending');
    expect(await refund('r-1', 8_805)).toMatchObject({ status: 'captured', refunds: [{ isPending: true }] });
    await world.endRefund(orderId, 'r-1');
    expect(await gateway.find(orderId)).toMatchObject({ status: 'refunded', refunds: [{ amount: total }] });
  });

  test('closes what is not paid, and keeps what was never asked for from being paid', async () => {
    await authorise();
    expect(['closed', 'none']).toContain((await gateway.void(orderId)).status);
    expect(['closed', 'none']).toContain((await gateway.void(orderId)).status);
    await expect(world.pay(orderId)).rejects.toThrow(/CLOSE/);

    orderId = parseOrderId(randomUUID());
    expect(await gateway.void(orderId)).toEqual({ status: 'closed' });
    expect((await authorise()).status).toBe('closed');
    await expect(world.pay(orderId)).rejects.toThrow(/CLOSE|NOT_EXIST/);
  });

  test.each(['lost', 'system-error-after', 'forged', 'unsigned'])(
    'finds out what became of a change whose answer is %s',
    async (fault) => {
      await authorise();
      await world.fail('close', fault);
      expect(await gateway.void(orderId)).toEqual({ status: 'closed' });

      orderId = parseOrderId(randomUUID());
      await paid();
      await world.fail('refund', fault);
      expect(await refund('r-1', 805)).toMatchObject({ refunds: [{ refundId: 'r-1', amount: cny(805) }] });
    },
  );

  test.each(['ignored', 'system-error'])(
    'is unavailable when a change is %s, and the change can be repeated',
    async (fault) => {
      await world.fail('open', fault);
      await expect(authorise()).rejects.toThrow(PaymentGatewayUnavailable);
      await paid();
      await world.fail('refund', fault);
      await expect(refund('r-1', 805)).rejects.toThrow(PaymentGatewayUnavailable);
      expect(await refund('r-1', 805)).toMatchObject({ refunds: [{ refundId: 'r-1' }] });
      expect((await kinds()).filter((kind) => kind === 'refund')).toHaveLength(1);
    },
  );

  test('does not know the outcome of a change while the channel cannot be asked', async () => {
    await paid();
    // The first question comes before the refund, and is answered.
    await world.fail('query', 'system-error', 1);
    await world.fail('refund', 'lost');
    await expect(refund('r-1', 805)).rejects.toThrow(PaymentOutcomeUnknown);
    expect(await refund('r-1', 805)).toMatchObject({ refunds: [{ refundId: 'r-1' }] });
    expect((await kinds()).filter((kind) => kind === 'refund')).toHaveLength(1);
  });

  test('is never believed without its signature', async () => {
    await paid();
    for (const fault of ['forged', 'unsigned']) {
      await world.fail('query', fault);
      await expect(gateway.find(orderId)).rejects.toThrow(PaymentGatewayUnavailable);
    }
  });

  test('is asked again later when the shop has too little money there', async () => {
    await paid();
    await world.fail('refund', world.tooLittle);
    await expect(refund('r-1', 805)).rejects.toThrow(PaymentGatewayUnavailable);
    expect(await refund('r-1', 805)).toMatchObject({ refunds: [{ refundId: 'r-1' }] });
  });
});
