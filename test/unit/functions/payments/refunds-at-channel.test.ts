import { beforeEach, describe, expect, test, vi } from 'vitest';
import { money } from '../../../../functions/shared/kernel/money.ts';
import { delivered, shipped } from '../../../support/orders/persons.ts';
import { FIRST, GONE, requested, TOTAL } from '../../../support/orders/refunded-order.ts';
import { newEvent, ORDER_ID } from '../../../support/orders/streams.ts';
import { LateFailures } from '../../../support/payments/late-failures.ts';

const OURS = { kind: 'refund', refundId: FIRST } as const;
const THEIRS = { kind: 'refund', refundId: 're_1' } as const;
const AMOUNT = money(1_000, 'CNY');

let late: LateFailures;
beforeEach(async () => {
  late = await LateFailures.confirmed();
});

const refundThere = (id = 're_1', amount = AMOUNT) => late.order.gateway.refundAtChannel(ORDER_ID, id, amount);
const tellOfRefund = () => late.tell({ ofRefund: true });
const made = () => late.order.events('PaymentRefunded');

describe('A refund that somebody has made at the channel', () => {
  test('is in the history once, lessens what can be refunded, and has a person say what it was for', async () => {
    refundThere();
    expect(await tellOfRefund()).toEqual(GONE);
    expect(await tellOfRefund()).toEqual(GONE);
    expect(await late.said()).toEqual(['PaymentRefunded', 'TaskOpened refund']);
    const [event] = await made();
    expect(event).toMatchObject({ data: { amount: AMOUNT, refundId: 're_1', atChannel: 're_1' } });
    expect((await late.order.events('TaskOpened'))[0]).toMatchObject({ data: { ...THEIRS, error: 'made_at_channel' } });
    expect((await late.folded()).payment).toMatchObject({ status: 'captured', refunded: AMOUNT });
  });

  test.each([
    ['before the goods leave', []],
    ['after they have left', [shipped, delivered]],
  ])('is in the books, which balance: %s', async (_, events) => {
    await late.order.record(...events.map((event, at) => newEvent(event, 30 + at)));
    const account = events.length > 0 ? 'refunds' : 'prepaid';
    const before = await late.balances();
    refundThere();
    await tellOfRefund();
    expect(await late.balances()).toEqual({
      ...before,
      'channel/card': TOTAL.amount - 1_000,
      [account]: before[account]! + 1_000,
    });
    expect(await late.broken()).toEqual([]);
  });

  test('ends its task when a person has the platform go on, and is not made again', async () => {
    refundThere();
    await tellOfRefund();
    await late.order.consume(await late.resume(THEIRS));
    await tellOfRefund();
    expect(await late.said()).toEqual(['PaymentRefunded', 'TaskOpened refund', 'TaskResolved refund']);
    expect(late.order.gateway.movements(ORDER_ID)).toEqual(['authorisation', 'capture', 'refund']);
    expect(await late.broken()).toEqual([]);
  });

  test('moves no money when a person ends its task with evidence', async () => {
    refundThere();
    await tellOfRefund();
    const data = { ...THEIRS, taskId: await late.lastTask(), resolution: 'done_outside', evidence: 'chat 7' } as const;
    await late.order.record(newEvent({ type: 'TaskResolved', data }, 200));
    expect(await late.balances()).toMatchObject({ suspense: 0, clearing: 0 });
    expect(await late.broken()).toEqual([]);
  });

  test('can fail later as any other, and is made again when a person wants it', async () => {
    refundThere();
    await tellOfRefund();
    const before = await late.balances();
    await late.order.consume(await late.resume(THEIRS));
    late.failLater('re_1');
    await late.tell();
    expect(await late.balances()).toMatchObject({ 'channel/card': TOTAL.amount, clearing: 0 });
    expect(await late.broken()).toEqual([]);
    await late.order.consume(await late.resume(THEIRS));
    await late.tell();
    expect(await late.said()).toEqual([
      'PaymentRefunded',
      'TaskOpened refund',
      'TaskResolved refund',
      'RefundFailed',
      'TaskOpened refund',
      'PaymentRefunded',
      'TaskResolved refund',
    ]);
    expect(await late.balances()).toEqual(before);
    expect(await late.broken()).toEqual([]);
  });

  test('takes the place of a refund of ours that has failed, and ends its task', async () => {
    await late.refund();
    late.failLater();
    await late.tell();
    refundThere();
    await tellOfRefund();
    await tellOfRefund();
    expect((await made()).at(-1)).toMatchObject({ data: { refundId: FIRST, atChannel: 're_1' } });
    expect(await late.said()).toEqual([
      'PaymentRefunded',
      'RefundFailed',
      'TaskOpened refund',
      'PaymentRefunded',
      'TaskResolved refund',
    ]);
    expect((await late.folded()).refunds).toMatchObject([{ refundId: FIRST, status: 'refunded' }]);
    expect(await late.balances()).toMatchObject({ 'channel/card': TOTAL.amount - 1_000, clearing: 0 });
    expect(await late.broken()).toEqual([]);
  });

  test('is what a person has done outside: the books need no statement any more', async () => {
    await late.refund();
    late.failLater();
    await late.tell();
    const data = { ...OURS, taskId: await late.lastTask(), resolution: 'done_outside', evidence: 're_1' } as const;
    await late.order.record(newEvent({ type: 'TaskResolved', data }, 200));
    expect(await late.broken()).toEqual(['NothingInSuspense']);
    refundThere();
    await tellOfRefund();
    expect(await late.balances()).toMatchObject({ 'channel/card': TOTAL.amount - 1_000, suspense: 0, clearing: 0 });
    expect(await late.broken()).toEqual([]);
    expect((await late.said()).at(-1)).toBe('PaymentRefunded');
  });

  test('in the place of ours can fail later, too', async () => {
    await late.refund();
    late.failLater();
    await late.tell();
    refundThere();
    await tellOfRefund();
    late.failLater('re_1');
    await late.tell();
    expect((await late.order.events('RefundFailed')).at(-1)).toMatchObject({
      data: { refundId: FIRST, reversed: AMOUNT },
    });
    expect((await late.said()).slice(-2)).toEqual(['RefundFailed', 'TaskOpened refund']);
    expect(await late.balances()).toMatchObject({ 'channel/card': TOTAL.amount, clearing: 0 });
    expect(await late.broken()).toEqual([]);
  });

  test('of another amount than ours is one of its own', async () => {
    await late.refund();
    late.failLater();
    await late.tell();
    refundThere('re_1', money(900, 'CNY'));
    await tellOfRefund();
    expect((await made()).at(-1)).toMatchObject({ data: { refundId: 're_1' } });
    expect(await late.broken()).toEqual([]);
  });

  test('is what is left when the order is cancelled after it', async () => {
    refundThere();
    await tellOfRefund();
    const cancelled = { reason: 'customer_request', from: 'processing' } as const;
    await late.order.record(newEvent({ type: 'CancellationRequested', data: cancelled }, 90));
    await late.undo();
    expect((await made()).at(-1)).toMatchObject({ data: { amount: money(TOTAL.amount - 1_000, 'CNY') } });
    expect(await late.balances()).toMatchObject({ 'channel/card': 0, clearing: 0, prepaid: 0 });
    expect((await late.said()).filter((each) => each === 'TaskResolved refund')).toHaveLength(1);
  });

  test('is no surprise when it was asked for while the channel was asked', async () => {
    const find = late.order.gateway.find.bind(late.order.gateway);
    vi.spyOn(late.order.gateway, 'find').mockImplementationOnce(async (orderId) => {
      await late.order.record(requested());
      await late.order.gateway.refund(ORDER_ID, FIRST, AMOUNT);
      return find(orderId);
    });
    await tellOfRefund();
    await tellOfRefund();
    expect(await late.said()).toEqual(['PaymentRefunded']);
    expect((await made())[0]).toMatchObject({ data: { refundId: FIRST } });
    expect(await late.broken()).toEqual([]);
  });

  test('asks the channel of no order of which nothing tells that money went back', async () => {
    const find = vi.spyOn(late.order.gateway, 'find');
    await late.tell();
    expect(find).not.toHaveBeenCalled();
  });
});
