/** Payments by bank transfer, from the order to its refund, at the simulated bank on its real protocol. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PaymentOutcomeUnknown, PaymentPending } from '../../functions/payments/domain/errors.ts';
import { DEFAULT_CONFIGURATION } from '../../functions/shared/configuration/document.ts';
import { DependencyUnavailable } from '../../functions/shared/kernel/errors.ts';
import { money } from '../../functions/shared/kernel/money.ts';
import { EVENTS, ORDER_ID } from '../support/orders/streams.ts';
import { bankWorld } from '../support/payments/bank-world.ts';

const ANN = 'DE89370400440532013000';
const BEN = { name: 'Ben & Co', iban: 'GB82WEST12345698765432' };

let world: Awaited<ReturnType<typeof bankWorld>>;
let total: number;
beforeEach(async () => {
  world = await bankWorld();
  total = world.total.amount;
});
afterEach(() => world.close());

const pending = () => expect(world.authorise()).rejects.toThrow(PaymentPending);
const captured = async (...amounts: readonly number[]) => {
  await pending();
  for (const amount of amounts) await world.pay(amount);
  await world.authorise();
};

describe('An order that is paid by transfer', () => {
  test('tells its customer the account, the reference and the amount, and is captured when it is there', async () => {
    await pending();
    const action = { type: 'transfer', account: expect.anything(), reference: world.reference };
    const [placed, asked] = await world.stream();
    expect(asked).toMatchObject({ data: { action, amount: world.total } });
    const { payWithinSeconds } = DEFAULT_CONFIGURATION.payments;
    const expiresAt = new Date(Date.parse(placed!.occurredAt) + 1_000 * payWithinSeconds.bank_transfer);
    expect(asked).toMatchObject({ data: { expiresAt: expiresAt.toISOString() } });
    await world.pay(total);
    await world.authorise();
    await world.capture();
    expect((await world.types()).slice(1)).toEqual(['PaymentActionRequired', 'TransferReceived', 'PaymentCaptured']);
    expect(await world.gateway.find(ORDER_ID)).toMatchObject({ status: 'captured', amount: world.total, refunds: [] });
  });

  test.each([
    [
      'with spaces and small letters',
      (reference: string) => ({ reference: reference.toLowerCase().replace(/(.{4})/g, '$1 ') }),
    ],
    ['within a text', (reference: string) => ({ reference: `Order ${reference}, 2`, asText: true })],
  ])('is found by its reference %s', async (_, written) => {
    await pending();
    await world.pay(total, written(world.reference));
    await world.authorise();
    expect(await world.types()).toContain('PaymentCaptured');
  });

  test('waits for the rest when too little came', async () => {
    await pending();
    await world.pay(total - 1);
    await pending();
    await world.pay(1);
    await world.authorise();
    expect(await world.gateway.find(ORDER_ID)).toMatchObject({ status: 'captured', amount: world.total });
  });

  test('gives back what came too little, each part to its payer, when it ends unpaid', async () => {
    await pending();
    await world.pay(1_000);
    await world.pay(500, { debtor: BEN });
    await world.undo();
    await world.giveBack();
    expect(await world.paidOut()).toEqual([]);
    await world.record(EVENTS.cancelled);
    await world.giveBack();
    await world.giveBack();
    expect(await world.paidOut()).toEqual([
      [ANN, 1_000, 'CNY'],
      [BEN.iban, 500, 'CNY'],
    ]);
    expect((await world.types()).filter((type) => type === 'TransferReturned')).toHaveLength(2);
  });

  test('gives back once what came too much', async () => {
    await captured(total + 700);
    await world.capture();
    await world.capture();
    expect(await world.paidOut()).toEqual([[ANN, 700, 'CNY']]);
    expect(await world.types()).toContain('PaymentRefunded');
  });

  test('gives back what came twice, and keeps the first', async () => {
    await captured(total);
    await world.pay(total, { debtor: BEN });
    await world.giveBack();
    expect(await world.paidOut()).toEqual([[BEN.iban, total, 'CNY']]);
    expect(await world.gateway.find(ORDER_ID)).toMatchObject({ status: 'captured', amount: world.total, refunds: [] });
  });

  test('gives back what came too late, and cannot be paid any more', async () => {
    await pending();
    await world.undo();
    await world.record(EVENTS.cancelled);
    await world.pay(total);
    await world.giveBack();
    expect(await world.paidOut()).toEqual([[ANN, total, 'CNY']]);
    expect(await world.gateway.find(ORDER_ID)).toMatchObject({ status: 'closed' });
  });

  test('does not take another currency for its own', async () => {
    await pending();
    await world.pay(total, { currency: 'EUR' });
    await pending();
    await world.giveBack();
    expect(await world.paidOut()).toEqual([[ANN, total, 'EUR']]);
  });

  test('gives all back when it is cancelled after it was paid, to both payers', async () => {
    await pending();
    await world.pay(1_000, { debtor: BEN });
    await world.pay(total - 1_000);
    await world.authorise();
    await world.record({
      type: 'CancellationRequested',
      data: { reason: 'customer_request', from: 'payment_completed' },
    });
    await world.undo();
    expect(await world.paidOut()).toEqual([
      [ANN, total - 1_000, 'CNY'],
      [BEN.iban, 1_000, 'CNY'],
    ]);
    expect(await world.gateway.find(ORDER_ID)).toMatchObject({ status: 'refunded' });
  });
});

test('A transfer of ours that comes back is shown to people, and is not sent again', async () => {
  await world.pay(300, { reference: '', isReturn: true });
  expect(world.seen).toEqual(['stranded']);
  expect(await world.paidOut()).toEqual([]);
});

describe('A refund', () => {
  const part = money(500, 'CNY');
  const refund = () => world.gateway.refund(ORDER_ID, 'excess', part);
  beforeEach(() => captured(total));

  test.each(['lost', 'system-error-after'] as const)('is found out about when its answer is %s', async (fault) => {
    await world.fail('transfer', fault);
    expect(await refund()).toMatchObject({ refunds: [{ refundId: 'excess', amount: part }] });
    await refund();
    expect(await world.paidOut()).toEqual([[ANN, 500, 'CNY']]);
  });

  test.each(['ignored', 'system-error', 'no-funds'] as const)(
    'that was not made (%s) can be repeated',
    async (fault) => {
      await world.fail('transfer', fault);
      await expect(refund()).rejects.toMatchObject({ name: 'PaymentGatewayUnavailable' });
      expect(await refund()).toMatchObject({ refunds: [{ refundId: 'excess' }] });
      expect(await world.paidOut()).toHaveLength(1);
    },
  );

  test('is of unknown outcome while the bank cannot be asked', async () => {
    // The two questions before the order to the bank are answered.
    await world.fail('status', 'system-error', 2);
    await world.fail('transfer', 'lost');
    await expect(refund()).rejects.toThrow(PaymentOutcomeUnknown);
    await refund();
    expect(await world.paidOut()).toHaveLength(1);
  });

  test('is pending until the bank has paid it out', async () => {
    await world.fail('transfer', 'pending');
    expect(await refund()).toMatchObject({ refunds: [{ isPending: true }] });
    await world.end('excess', 'ACSC');
    expect(await world.gateway.find(ORDER_ID)).toMatchObject({ refunds: [{ refundId: 'excess', amount: part }] });
  });

  test('that the bank rejects is none', async () => {
    await world.fail('transfer', 'rejected');
    expect(await refund()).toMatchObject({ status: 'captured', refunds: [] });
  });
});

describe('A statement', () => {
  test.each(['garbled', 'system-error', 'ignored'] as const)('that is %s is read again', async (fault) => {
    await pending();
    await world.fail('transactions', fault);
    await expect(world.pay(total)).rejects.toThrow(DependencyUnavailable);
    await world.read();
    await world.authorise();
    expect(await world.types()).toContain('PaymentCaptured');
  });

  test('that lacks an entry is not believed', async () => {
    await world.fail('transactions', 'gap');
    await expect(world.pay(total)).rejects.toThrow(DependencyUnavailable);
    expect(world.seen).toEqual([expect.stringMatching(/^gap: /)]);
  });

  test('of a long list is read to its end', async () => {
    await pending();
    for (let count = 0; count < 120; count += 1) await world.pay(1, { read: false });
    await world.read();
    expect((await world.types()).filter((type) => type === 'TransferReceived')).toHaveLength(120);
  });

  test('is shown to nobody without a signature', async () => {
    expect(await world.unsigned()).toBe(401);
  });
});
