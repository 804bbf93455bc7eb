/** What somebody pays out at the bank itself with the reference of an order, as its statements tell. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { balancesOf, NO_BOOK } from '../../functions/ledger/domain/book.ts';
import { missingEntries } from '../../functions/ledger/domain/entries.ts';
import { findingsOf } from '../../functions/ledger/domain/findings.ts';
import { fold } from '../../functions/orders/domain/evolve.ts';
import { EVENTS, ORDER_ID } from '../support/orders/streams.ts';
import { bankWorld } from '../support/payments/bank-world.ts';

type World = Awaited<ReturnType<typeof bankWorld>>;

let world: World;
beforeEach(async () => {
  world = await bankWorld();
  await world.record(EVENTS.reserved);
  await expect(world.authorise()).rejects.toMatchObject({ name: 'PaymentPending' });
});
afterEach(() => world.close());

const last = async (type: string) => (await world.stream()).findLast((event) => event.type === type)?.data;
const book = async () => ({ ...NO_BOOK, entries: missingEntries(await world.stream(), NO_BOOK) });
const balances = async () => {
  const all = balancesOf(await book());
  return Object.fromEntries(
    (['channel/bank_transfer', 'clearing', 'prepaid', 'suspense'] as const).map((name) => [name, all.of(name, 'CNY')]),
  );
};
const broken = async () => findingsOf(await world.stream(), await book()).map(({ rule }) => rule);

describe('Money that somebody pays out at the bank for an order that is paid', () => {
  beforeEach(async () => {
    await world.pay(world.total.amount);
    await world.authorise();
    await world.capture();
    await world.record(EVENTS.arranged, EVENTS.confirmed);
  });

  test('is a refund: on record once, in the books, and less can go back', async () => {
    await world.payOut(805);
    expect(await last('PaymentNotified')).toMatchObject({
      channel: 'bank',
      ofRefund: true,
      refund: { amount: { amount: 805 } },
    });
    await world.notice();
    await world.read();
    await world.notice();
    const { amount } = world.total;
    expect(await last('PaymentRefunded')).toMatchObject({
      amount: { amount: 805 },
      atChannel: expect.stringMatching(/^E\d+$/),
    });
    expect((await world.types()).filter((type) => type === 'PaymentRefunded')).toHaveLength(1);
    expect(await balances()).toMatchObject({
      'channel/bank_transfer': amount - 805,
      prepaid: -(amount - 805),
      clearing: 0,
    });
    expect(await broken()).toEqual([]);
    const { gateway } = world;
    const more = { ...world.total, amount: amount - 804 };
    expect(await gateway.refund(ORDER_ID, 'r-1', more)).toMatchObject({ refunds: [{ amount: { amount: 805 } }] });
    expect(await world.paidOut()).toHaveLength(1);
  });

  test('is none of it when the platform has ordered it', async () => {
    await world.record({ type: 'CancellationRequested', data: { reason: 'customer_request', from: 'processing' } });
    await world.undo();
    const before = await world.types();
    await world.read();
    expect(await world.types()).toEqual(before);
  });

  test('is read once more after a crash, and counts once', async () => {
    await world.payOut(805);
    const before = await world.types();
    world.forgetMark();
    await world.read();
    expect(await world.types()).toEqual(before);
  });

  test('with no reference, or of a currency that the order is not in, is about no order', async () => {
    const before = await world.types();
    await world.payOut(805, { reference: 'Rent for March' });
    await world.payOut(805, { currency: 'EUR' });
    expect(await world.types()).toEqual(before);
  });
});

describe('Money that somebody pays out at the bank for an order that waits for more', () => {
  beforeEach(() => world.pay(500));

  test('takes back the transfer, which pays for nothing any more and goes back no second time', async () => {
    await world.payOut(500);
    expect(await last('TransferReturned')).toMatchObject({ atChannel: expect.stringMatching(/^E\d+$/) });
    expect(fold(await world.stream())).toMatchObject({ payment: { status: 'pending' } });
    expect(fold(await world.stream())).not.toHaveProperty('payment.received');
    await world.pay(world.total.amount - 500);
    await expect(world.authorise()).rejects.toMatchObject({ name: 'PaymentPending' });
    await world.record(EVENTS.released, EVENTS.cancelled);
    await world.giveBack();
    expect((await world.paidOut()).map(([, amount]) => amount)).toEqual([500, world.total.amount - 500]);
    expect(await balances()).toMatchObject({ 'channel/bank_transfer': 0, clearing: 0 });
    expect(await broken()).toEqual([]);
  });

  test('is read once more after a crash, and takes back no other transfer of the same amount', async () => {
    await world.pay(500);
    await world.payOut(500);
    const before = await world.types();
    world.forgetMark();
    await world.read();
    expect(await world.types()).toEqual(before);
    expect(before.filter((type) => type === 'TransferReturned')).toHaveLength(1);
  });
});

describe('Money that somebody pays out at the bank for a transfer that came too late', () => {
  beforeEach(async () => {
    await world.record(EVENTS.released, EVENTS.cancelled);
    await world.pay(500);
    await world.fail('transfer', 'rejected');
    await world.giveBack();
    expect(await last('TaskOpened')).toMatchObject({ kind: 'transfer' });
  });

  test('ends the task of the person who has to see to it', async () => {
    await world.payOut(500);
    expect((await world.types()).slice(-2)).toEqual(['TransferReturned', 'TaskResolved']);
    await world.giveBack();
    expect(await world.paidOut()).toHaveLength(1);
    expect(await balances()).toMatchObject({ 'channel/bank_transfer': 0, clearing: 0 });
    expect(await broken()).toEqual([]);
  });

  test('is what that person has done outside: the books need no statement any more', async () => {
    const { taskId, transferId } = (await last('TaskOpened')) as { taskId: string; transferId: string };
    const data = { taskId, kind: 'transfer', transferId, resolution: 'done_outside', evidence: 'receipt' } as const;
    await world.record({ type: 'TaskResolved', data });
    expect(await broken()).toEqual(['NothingInSuspense']);
    await world.payOut(500);
    expect(await balances()).toMatchObject({ 'channel/bank_transfer': 0, clearing: 0, suspense: 0 });
    expect(await broken()).toEqual([]);
  });
});
