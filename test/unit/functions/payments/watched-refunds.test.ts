import { beforeEach, describe, expect, test, vi } from 'vitest';
import { PaymentGatewayUnavailable } from '../../../../functions/payments/domain/errors.ts';
import { nextLook } from '../../../../functions/payments/domain/refund-watch.ts';
import { money } from '../../../../functions/shared/kernel/money.ts';
import { FIRST, requested } from '../../../support/orders/refunded-order.ts';
import { EVENTS, newEvent, ORDER_ID, START } from '../../../support/orders/streams.ts';
import { LateFailures } from '../../../support/payments/late-failures.ts';

const DAY = 86_400_000;

let late: LateFailures;
beforeEach(async () => {
  late = await LateFailures.confirmed();
});
/** So many days after the order was placed. */
const lookAfter = (days: number) => {
  late.now = START + 60_000 + days * DAY;
  return late.look();
};

describe('A refund of which the channel tells nothing', () => {
  test('is looked at after days, and its failure is noticed', async () => {
    await late.refund();
    await late.watchRefunds();
    await lookAfter(1);
    late.failLater();
    await lookAfter(2);
    expect(await late.said()).toEqual(['PaymentRefunded']);
    await lookAfter(3);
    await lookAfter(3);
    expect(await late.said()).toEqual(['PaymentRefunded', 'RefundFailed', 'TaskOpened refund']);
    expect(await late.broken()).toEqual([]);
  });

  test('of a cancelled order becomes a task as well', async () => {
    const cancelled = { reason: 'customer_request', from: 'processing' } as const;
    await late.order.record(newEvent({ type: 'CancellationRequested', data: cancelled }, 90));
    await late.undo();
    await late.order.record(newEvent(EVENTS.released, 91), newEvent(EVENTS.cancelled, 92));
    await late.watchRefunds();
    late.failLater('saga-compensation');
    await lookAfter(1.1);
    expect(await late.said()).toEqual(['PaymentRefunded', 'RefundFailed', 'TaskOpened compensation']);
  });

  test('is asked for a few times, and never after a month', async () => {
    await late.refund();
    await late.watchRefunds();
    const find = vi.spyOn(late.order.gateway, 'find');
    const asked: number[] = [];
    for (let day = 0; day < 60; day += 1) {
      find.mockClear();
      await lookAfter(day);
      if (find.mock.calls.length > 0) asked.push(day);
    }
    expect(asked).toEqual([1, 3, 7, 15, 30]);
  });

  test('is asked for at no channel whose refunds are made for good, once it was made', async () => {
    await late.refund();
    await late.watchRefunds();
    Object.assign(late.order.gateway.capabilities, { refundFailsWithinSeconds: 0 });
    const find = vi.spyOn(late.order.gateway, 'find');
    await lookAfter(1);
    Object.assign(late.order.gateway.capabilities, { refundFailsWithinSeconds: 30 * DAY });
    await lookAfter(3);
    expect(find).not.toHaveBeenCalled();
  });

  test('and that was on its way for days is made, or has failed, in the history', async () => {
    await late.order.record(requested());
    const { gateway } = late.order;
    vi.spyOn(gateway, 'refund').mockRejectedValueOnce(new PaymentGatewayUnavailable(ORDER_ID));
    await late.watchRefunds();
    const before = await gateway.find(ORDER_ID);
    await gateway.refund(ORDER_ID, FIRST, money(1_000, 'CNY'));
    const pending = { refundId: FIRST, amount: money(1_000, 'CNY'), isPending: true } as const;
    const asked = vi.spyOn(gateway, 'find').mockResolvedValueOnce({ ...before, refunds: [pending] } as never);
    await lookAfter(1);
    expect(await late.said()).toEqual([]);
    asked.mockRestore();
    await lookAfter(3);
    expect(await late.said()).toEqual(['PaymentRefunded']);
  });

  test('waits an hour while the channel is away, and holds up nothing else', async () => {
    await late.refund();
    await late.watchRefunds();
    late.failLater();
    vi.spyOn(late.order.gateway, 'find').mockRejectedValueOnce(new PaymentGatewayUnavailable(ORDER_ID));
    await lookAfter(1);
    await lookAfter(1.01);
    expect(await late.said()).toEqual(['PaymentRefunded']);
    await lookAfter(1.05);
    expect(await late.said()).toContain('RefundFailed');
  });

  test('is told as a fault when the order cannot be looked at, after all others', async () => {
    await late.refund();
    await late.watchRefunds();
    vi.spyOn(late.order.log, 'read').mockRejectedValueOnce(new TypeError('damaged'));
    await expect(lookAfter(1)).rejects.toThrow('damaged');
    await expect(lookAfter(1.05)).resolves.toBeUndefined();
  });
});

describe('The next look', () => {
  test.each([
    [0, false, 30, 1],
    [1, false, 30, 3],
    [2.9, false, 30, 3],
    [3, false, 7, 7],
    [3, false, 6.9, undefined],
    [30, false, 90, undefined],
    [0, false, 0, undefined],
    [0, true, 0, 1],
    [15, true, 0, 30],
    [30, true, 0, undefined],
  ])(
    'after %d days, when pending is %s and failures come within %d days, is after %s',
    (now, isPending, within, expected) => {
      const at = nextLook(START + now * DAY, START, { isPending, failsWithinSeconds: within * 86_400 });
      expect(at).toBe(expected === undefined ? undefined : START + expected * DAY);
    },
  );
});
