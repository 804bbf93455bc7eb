import { beforeEach, describe, expect, test, vi } from 'vitest';
import { COMPENSATION } from '../../../../functions/payments/domain/compensation-ids.ts';
import { FIRST, TOTAL } from '../../../support/orders/refunded-order.ts';
import { EVENTS, newEvent, ORDER_ID } from '../../../support/orders/streams.ts';
import { LateFailures } from '../../../support/payments/late-failures.ts';

let late: LateFailures;
beforeEach(async () => {
  late = await LateFailures.confirmed();
});

const VOID = { kind: 'compensation', step: 'VoidPayment' } as const;
const OURS = { kind: 'refund', refundId: FIRST } as const;

/** A person says that they have given it back outside. */
async function doneOutside(subject: typeof VOID | typeof OURS, at: number): Promise<void> {
  const data = { ...subject, taskId: await late.lastTask(), resolution: 'done_outside', evidence: 'receipt' } as const;
  await late.order.record(newEvent({ type: 'TaskResolved', data }, at));
}

describe('After a person has settled the rest of a cancelled order', () => {
  beforeEach(async () => {
    await late.refund();
    const cancelled = { reason: 'customer_request', from: 'processing' } as const;
    await late.order.record(newEvent({ type: 'CancellationRequested', data: cancelled }, 40));
    await late.undo();
    await late.order.record(newEvent(EVENTS.released, 41), newEvent(EVENTS.cancelled, 42));
    late.failLater(COMPENSATION);
    await late.tell();
    await doneOutside(VOID, 300);
  });

  test('nothing more is asked of the channel than what has become of its refunds', async () => {
    await late.tell();
    expect(late.order.gateway.movements(ORDER_ID).filter((each) => each === 'refund')).toHaveLength(2);
    expect((await late.said()).at(-1)).toBe('TaskResolved compensation');
  });

  test('a refund before it that fails later is a task once more, and no refund by itself', async () => {
    late.failLater(FIRST);
    await late.tell();
    await late.tell();
    expect((await late.said()).slice(-2)).toEqual(['RefundFailed', 'TaskOpened compensation']);
    expect(await late.balances()).toMatchObject({ 'channel/card': TOTAL.amount, clearing: -1_000 });

    await late.resume(VOID);
    await expect(late.undo()).rejects.toMatchObject({ name: 'PaymentRequestRefused' });
    expect(late.order.gateway.movements(ORDER_ID).filter((each) => each === 'refund')).toHaveLength(2);

    await doneOutside(VOID, 400);
    await late.tell();
    expect((await late.said()).at(-1)).toBe('TaskResolved compensation');
    expect(await late.balances()).toMatchObject({ clearing: 0, suspense: -TOTAL.amount });
  });
});

describe('A refund that the channel shows after a person has settled the payment of a cancelled order', () => {
  const settle = async (resolution: 'done_outside' | 'written_off') => {
    const cancelled = { reason: 'customer_request', from: 'processing' } as const;
    await late.order.record(newEvent({ type: 'CancellationRequested', data: cancelled }, 40));
    await late.undo();
    await late.order.record(newEvent(EVENTS.released, 41), newEvent(EVENTS.cancelled, 42));
    late.failLater(COMPENSATION);
    await late.tell();
    const data = { ...VOID, taskId: await late.lastTask(), resolution, evidence: 'receipt' } as const;
    await late.order.record(newEvent({ type: 'TaskResolved', data }, 300));
  };
  const refundThere = async (amount: number, id = 're_1') => {
    late.order.gateway.refundAtChannel(ORDER_ID, id, { ...TOTAL, amount });
    await late.tell({ ofRefund: true });
  };

  test.each(['done_outside', 'written_off'] as const)('is what they have settled, when that was %s', async (how) => {
    await settle(how);
    await refundThere(TOTAL.amount);
    await late.tell({ ofRefund: true });
    expect(await late.order.events('PaymentRefunded')).toHaveLength(2);
    expect(await late.balances()).toMatchObject({ 'channel/card': 0, clearing: 0, suspense: 0 });
    expect(await late.broken()).toEqual([]);
    expect((await late.said()).at(-1)).toBe('PaymentRefunded');
  });

  test('leaves the rest of it in suspense when it is a part', async () => {
    await settle('done_outside');
    await refundThere(TOTAL.amount - 300);
    expect(await late.balances()).toMatchObject({ 'channel/card': 300, clearing: 0, suspense: -300 });
    expect(await late.broken()).toEqual(['NothingInSuspense']);
    await refundThere(300, 're_2');
    expect(await late.broken()).toEqual([]);
  });

  test('is a task once more when it fails later', async () => {
    await settle('done_outside');
    await refundThere(TOTAL.amount);
    late.failLater('re_1');
    await late.tell();
    expect((await late.said()).slice(-2)).toEqual(['RefundFailed', 'TaskOpened compensation']);
    expect(await late.balances()).toMatchObject({ 'channel/card': TOTAL.amount, clearing: -TOTAL.amount, suspense: 0 });
  });
});

describe('When the refund of a cancelled order has failed', () => {
  test('another one that was made is on record before a person has seen to the rest', async () => {
    const refund = late.order.gateway.refund.bind(late.order.gateway);
    vi.spyOn(late.order.gateway, 'refund').mockImplementationOnce(async (...asked) => {
      await refund(...asked);
      throw new Error('The answer was lost.');
    });
    await late.refund();
    const cancelled = { reason: 'customer_request', from: 'processing' } as const;
    await late.order.record(newEvent({ type: 'CancellationRequested', data: cancelled }, 40));
    await late.order.gateway.refund(ORDER_ID, COMPENSATION, { ...TOTAL, amount: TOTAL.amount - 1_000 });
    late.failLater(COMPENSATION);
    await expect(late.undo()).rejects.toMatchObject({ name: 'PaymentRequestRefused' });
    expect(await late.said()).toEqual(['RefundFailed', 'PaymentRefunded']);
    expect((await late.folded()).refunds).toMatchObject([{ refundId: FIRST, status: 'refunded' }]);
  });
});

describe('A wish to try a refund again', () => {
  test('has nothing to say when a person has made the refund outside before it was carried out', async () => {
    await late.refund();
    late.failLater();
    await late.tell();
    const wish = await late.resume(OURS);
    await doneOutside(OURS, 300);
    await late.order.consume(wish);
    await late.order.consume(wish);
    expect(await late.said()).toEqual(['PaymentRefunded', 'RefundFailed', 'TaskOpened refund', 'TaskResolved refund']);
    expect((await late.folded()).refunds).toMatchObject([{ status: 'refunded', outside: true }]);
    expect(late.order.gateway.movements(ORDER_ID).filter((each) => each === 'refund')).toHaveLength(1);
  });
});

describe('A refund at the channel that takes the place of one that a person has done outside', () => {
  test('is a task again when it fails later', async () => {
    await late.refund();
    late.failLater();
    await late.tell();
    await doneOutside(OURS, 300);
    late.order.gateway.refundAtChannel(ORDER_ID, 're_1', { ...TOTAL, amount: 1_000 });
    await late.tell({ ofRefund: true });
    late.failLater('re_1');
    await late.tell();
    expect((await late.said()).slice(-2)).toEqual(['RefundFailed', 'TaskOpened refund']);
    expect(await late.broken()).toEqual([]);
  });

  test('resolves with the order’s cancellation the task that asked what it was for, also after it has failed later', async () => {
    late.order.gateway.refundAtChannel(ORDER_ID, 're_1', { ...TOTAL, amount: 1_000 });
    await late.tell({ ofRefund: true });
    const cancelled = { reason: 'customer_request', from: 'processing' } as const;
    await late.order.record(newEvent({ type: 'CancellationRequested', data: cancelled }, 90));
    late.failLater('re_1');
    await late.undo();
    expect((await late.said()).at(-1)).toBe('TaskResolved refund');
    expect(await late.balances()).toMatchObject({ 'channel/card': 0, clearing: 0, prepaid: 0 });
  });
});
