import { describe, expect, test } from 'vitest';
import {
  COMPENSATION,
  isCompensation,
  refundIdsIn,
} from '../../../../../functions/payments/domain/compensation-ids.ts';
import { failuresOf, takenWith } from '../../../../../functions/payments/domain/payment.ts';
import { refundsSoFar, twinsOf } from '../../../../../functions/payments/domain/refund-so-far.ts';
import type { OrderEvent } from '../../../../../functions/published/order-events.ts';
import { EXCESS } from '../../../../../functions/published/order-refunds.ts';
import { cny, failed, paidBack, requested, SHIPPED, total, units } from '../../../../support/orders/refunds.ts';
import { streamOf } from '../../../../support/orders/streams.ts';

const reversed = (refundId: string): OrderEvent => ({
  type: 'RefundFailed',
  data: { refundId, reason: 'closed', reversed: cny(100) },
});
const taskOf = (refundId: string, kind: 'refund' | 'transfer' = 'refund'): OrderEvent => ({
  type: 'TaskOpened',
  data: { taskId: `task of ${refundId}`, kind, refundId, dueAt: '2026-01-05T00:00:00.000Z' },
});
const streamWith = (...events: readonly OrderEvent[]) => streamOf([...SHIPPED, ...events]);
/** The customer has paid more than the order costs. */
const overpaid = (...events: readonly OrderEvent[]) =>
  streamOf([
    ...SHIPPED.map((event) =>
      event.type === 'PaymentCaptured' ? { ...event, data: { ...event.data, amount: cny(total.amount + 100) } } : event,
    ),
    ...events,
  ]);

describe('The ids under which a channel is asked for refunds', () => {
  test('are those of the requests, of the excess, and of one more compensation than refunds have failed later', () => {
    expect(refundIdsIn(streamWith(requested(500)))).toEqual(['refund-1', COMPENSATION, EXCESS]);
    expect(refundIdsIn(streamWith(requested(100), paidBack(100), reversed('refund-1')))).toEqual([
      'refund-1',
      COMPENSATION,
      `${COMPENSATION}-2`,
      EXCESS,
    ]);
    expect(refundIdsIn(streamWith(requested(100), failed()))).toEqual(['refund-1', COMPENSATION, EXCESS]);
  });

  test.each([
    [COMPENSATION, true],
    [`${COMPENSATION}-2`, true],
    [`of ${COMPENSATION}-`, false],
    [EXCESS, false],
  ])('tell whether %s is of a compensation: %s', (refundId, expected) => {
    expect(isCompensation(refundId)).toBe(expected);
  });
});

describe('What was taken', () => {
  const refund = (amount: number, isPending?: true) => ({
    refundId: `r-${amount}`,
    amount: cny(amount),
    ...(isPending && { isPending }),
  });
  const taken = (...refunds: ReturnType<typeof refund>[]) =>
    takenWith({ paymentId: 'pay-1', amount: cny(900), refunds }).status;

  test('is back only once all of it is there', () => {
    expect(taken()).toBe('captured');
    expect(taken(refund(400))).toBe('captured');
    expect(taken(refund(400), refund(500, true))).toBe('captured');
    expect(taken(refund(400, true), refund(500))).toBe('captured');
    expect(taken(refund(400, true))).toBe('captured');
    expect(taken(refund(400), refund(500))).toBe('refunded');
  });

  test('says how refunds have failed, when any has', () => {
    const failure = { refundId: 'r-1', amount: cny(100), reason: 'closed' };
    const payment = { paymentId: 'pay-1', amount: cny(900), refunds: [] };
    expect(takenWith({ ...payment, failed: [] })).not.toHaveProperty('failed');
    expect(failuresOf(takenWith({ ...payment, failed: [failure] }), 'r-1')).toEqual([failure]);
    expect(failuresOf(takenWith({ ...payment, failed: [failure] }), 'r-2')).toEqual([]);
    expect(failuresOf(takenWith(payment), 'r-1')).toEqual([]);
    expect(failuresOf({ status: 'none' }, 'r-1')).toEqual([]);
  });
});

describe('The refund of what was paid beyond the total', () => {
  test('is one of the order’s once it has failed, with the amount that was too much', () => {
    expect(refundsSoFar(overpaid())).toEqual([]);
    expect(refundsSoFar(overpaid(failed('another')))).toEqual([]);
    expect(refundsSoFar(overpaid(paidBack(100, EXCESS)))).toEqual([]);
    expect(refundsSoFar(overpaid(failed(EXCESS)))).toMatchObject([
      { refundId: EXCESS, amount: cny(100), lines: [], isMade: false, request: { type: 'PaymentCaptured' } },
    ]);
    expect(refundsSoFar(streamWith(failed(EXCESS)))).toEqual([]);
    const uncaptured = SHIPPED.filter(({ type }) => type !== 'PaymentCaptured');
    expect(refundsSoFar(streamOf([...uncaptured, failed(EXCESS)]))).toEqual([]);
  });
});

describe('A refund of an order', () => {
  test('has the tasks that are about it alone, and was none before', () => {
    const [first] = refundsSoFar(streamWith(requested(100), failed()));
    expect(first).toMatchObject({ wasTask: false, openTasks: [] });
    const others = [taskOf('refund-1', 'transfer'), taskOf('refund-2')];
    expect(refundsSoFar(streamWith(requested(100), failed(), ...others))[0]).toMatchObject({
      wasTask: false,
      openTasks: [],
    });
    expect(refundsSoFar(streamWith(requested(100), failed(), taskOf('refund-1')))[0]).toMatchObject({
      wasTask: true,
      openTasks: ['task of refund-1'],
    });
  });

  test('that has failed later has the task of before only as long as it is open', () => {
    const resolved: OrderEvent = {
      type: 'TaskResolved',
      data: { taskId: 'task of refund-1', kind: 'refund', refundId: 'refund-1', resolution: 'completed' },
    };
    const before = [requested(100), failed(), taskOf('refund-1'), paidBack(100)];
    const end = reversed('refund-1');
    expect(refundsSoFar(streamWith(...before, end))[0]).toMatchObject({
      wasTask: true,
      openTasks: [expect.anything()],
    });
    expect(refundsSoFar(streamWith(...before, resolved, end))[0]).toMatchObject({ wasTask: false, openTasks: [] });
    const again = { ...taskOf('refund-1'), data: { ...taskOf('refund-1').data, taskId: 'another' } } as OrderEvent;
    expect(refundsSoFar(streamWith(...before, resolved, end, again))[0]).toMatchObject({
      wasTask: true,
      openTasks: ['another'],
    });
  });

  test('is like another of the same amount and units, whatever their order, that was requested as well', () => {
    const [shirt, mugs] = [units('TSHIRT', 1), units('MUG-BLUE', 2)];
    const all = refundsSoFar(
      streamWith(
        requested(900, [shirt, mugs], 'a'),
        requested(900, [mugs, shirt], 'b'),
        requested(900, [shirt], 'c'),
        requested(800, [shirt, mugs], 'd'),
        requested(900, [shirt, units('MUG-BLUE', 1)], 'e'),
        requested(900, [shirt, units('STICKER', 2)], 'f'),
        { type: 'PaymentRefunded', data: { paymentId: 'pay-1', amount: cny(900), refundId: 're', atChannel: 're' } },
        { type: 'PaymentRefunded', data: { paymentId: 'pay-1', amount: cny(900), refundId: 'r2', atChannel: 'r2' } },
      ),
    );
    const twins = (id: string) => twinsOf(all.find(({ refundId }) => refundId === id)!, all).map((one) => one.refundId);
    expect(twins('a')).toEqual(['b']);
    expect(twins('c')).toEqual([]);
    expect(twins('re')).toEqual([]);
  });
});
