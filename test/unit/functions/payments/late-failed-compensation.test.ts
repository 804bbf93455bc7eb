import { beforeEach, describe, expect, test } from 'vitest';
import { COMPENSATION } from '../../../../functions/payments/domain/compensation-ids.ts';
import { GONE, TOTAL } from '../../../support/orders/refunded-order.ts';
import { EVENTS, newEvent, ORDER_ID } from '../../../support/orders/streams.ts';
import { LateFailures } from '../../../support/payments/late-failures.ts';

let late: LateFailures;
beforeEach(async () => {
  late = await LateFailures.confirmed();
});

describe('The refund of a cancelled order', () => {
  const cancel = async () => {
    await late.order.record(
      newEvent({ type: 'CancellationRequested', data: { reason: 'customer_request', from: 'processing' } }, 40),
    );
    await late.undo();
    await late.order.record(newEvent(EVENTS.released, 41), newEvent(EVENTS.cancelled, 42));
  };
  const subject = { kind: 'compensation', step: 'VoidPayment' } as const;

  test('that fails later is a person’s task at once, and is made again when they want it', async () => {
    await cancel();
    late.failLater(COMPENSATION);
    expect(await late.tell()).toEqual(GONE);
    expect(await late.tell()).toEqual(GONE);
    expect(await late.said()).toEqual(['PaymentRefunded', 'RefundFailed', 'TaskOpened compensation']);
    expect(await late.folded()).toMatchObject({
      status: 'cancelled',
      payment: { status: 'captured', refunded: { amount: 0 } },
    });
    expect(await late.balances()).toMatchObject({ 'channel/card': TOTAL.amount, clearing: -TOTAL.amount });
    await expect(late.undo()).rejects.toMatchObject({ name: 'PaymentRequestRefused' });

    await late.resume(subject);
    for (let time = 0; time < 2; time += 1) await late.undo();
    expect(late.order.gateway.movements(ORDER_ID).slice(2)).toEqual(['refund', 'refund-failed', 'refund']);
    expect((await late.said()).at(-1)).toBe('PaymentRefunded');
    expect(await late.balances()).toMatchObject({ 'channel/card': 0, clearing: 0 });

    late.failLater(COMPENSATION);
    await late.tell();
    await expect(late.undo()).rejects.toMatchObject({ name: 'PaymentRequestRefused' });
    await late.resume(subject);
    await late.undo();
    await late.tell();
    expect((await late.said()).at(-1)).toBe('TaskResolved compensation');
    expect(await late.broken()).toEqual([]);
  });

  test('that a person has made at the channel is in the books, and ends the task', async () => {
    await cancel();
    late.failLater(COMPENSATION);
    await late.tell();
    await late.order.gateway.refund(ORDER_ID, 're_by_hand', TOTAL);
    await late.tell();
    expect(await late.said()).toEqual([
      'PaymentRefunded',
      'RefundFailed',
      'TaskOpened compensation',
      'PaymentRefunded',
      'TaskResolved compensation',
    ]);
    expect(await late.broken()).toEqual([]);
  });

  test('gives back once more what a refund before it has lost later', async () => {
    await late.refund();
    await cancel();
    late.failLater();
    await late.tell();
    expect(await late.said()).toEqual(['PaymentRefunded', 'PaymentRefunded', 'RefundFailed', 'PaymentRefunded']);
    expect(await late.broken()).toEqual([]);
  });
});
