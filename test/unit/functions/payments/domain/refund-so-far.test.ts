import { describe, expect, test } from 'vitest';
import {
  isAllBack,
  isAnswerTo,
  isOvertaken,
  refundsSoFar,
  twinsOf,
} from '../../../../../functions/payments/domain/refund-so-far.ts';
import type { OrderEvent, RefundRequested } from '../../../../../functions/published/order-events.ts';
import type { Sku } from '../../../../../functions/shared/kernel/ids.ts';
import { money } from '../../../../../functions/shared/kernel/money.ts';
import { EVENTS, streamOf } from '../../../../support/orders/streams.ts';

const cny = (amount: number) => money(amount, 'CNY');
const unitsOf = (sku: string, quantity: number) => ({ sku: sku as Sku, quantity });
const requested = (
  refundId: string,
  amount: number,
  lines: RefundRequested['data']['lines'] = [],
): RefundRequested => ({
  type: 'RefundRequested',
  data: { refundId, amount: cny(amount), lines },
});
const made = (refundId: string, amount: number): OrderEvent => ({
  type: 'PaymentRefunded',
  data: { paymentId: 'pay-1', amount: cny(amount), refundId },
});
const failed = (refundId: string): OrderEvent => ({
  type: 'RefundFailed',
  data: { refundId, reason: 'not_enough_left' },
});
const subject = (refundId: string) => ({ taskId: `task-of-${refundId}`, kind: 'refund' as const, refundId });
const opened = (refundId: string): OrderEvent => ({
  type: 'TaskOpened',
  data: { ...subject(refundId), dueAt: '2026-01-02T13:04:05.000Z' },
});
const resolved = (refundId: string): OrderEvent => ({
  type: 'TaskResolved',
  data: { ...subject(refundId), resolution: 'completed' },
});

describe('What a stream says of its refunds', () => {
  const said = (...events: readonly OrderEvent[]) => refundsSoFar(streamOf([requested('r-1', 100), ...events]));
  const nothingYet = { isMade: false, failure: undefined, failedAt: Infinity, wasTask: false, openTasks: [] };

  test.each<[string, readonly OrderEvent[], object]>([
    ['nothing has answered it', [], nothingYet],
    ['it is made', [made('r-1', 100)], { ...nothingYet, isMade: true }],
    ['it has failed', [EVENTS.sold, failed('r-1')], { ...nothingYet, failure: 'not_enough_left', failedAt: 3 }],
    ['another one was answered', [made('r-2', 100), failed('r-2'), opened('r-2')], nothingYet],
    ['a person sees to it', [opened('r-1')], { ...nothingYet, wasTask: true, openTasks: ['task-of-r-1'] }],
    ['a person has seen to it', [opened('r-1'), resolved('r-1')], { ...nothingYet, wasTask: true }],
    ['a person sees to something else of the order', [EVENTS.opened], nothingYet],
  ])('%s', (_, events, expected) => {
    expect(said(...events)).toMatchObject([{ refundId: 'r-1', request: { type: 'RefundRequested' }, ...expected }]);
  });

  test('only a refund, and a failure to refund, answer a request', () => {
    const stream = streamOf([requested('r-1', 100), made('r-1', 100), failed('r-1'), opened('r-1')]);
    expect(stream.map((event) => isAnswerTo('r-1', event))).toEqual([false, true, true, false]);
  });
});

describe('A refund that was requested again', () => {
  const mugs = [unitsOf('MUG', 1), unitsOf('CUP', 2)];
  test.each([
    ['the same amount', requested('r-1', 100), requested('r-2', 100), true],
    ['another amount', requested('r-1', 100), requested('r-2', 90), false],
    ['the same units, in another order', requested('r-1', 100, mugs), requested('r-2', 100, mugs.toReversed()), true],
    ['more units', requested('r-1', 100, mugs), requested('r-2', 100, [...mugs, unitsOf('CAP', 1)]), false],
    ['units, and not an amount', requested('r-1', 100), requested('r-2', 100, mugs), false],
    ['another article', requested('r-1', 100, mugs), requested('r-2', 100, [mugs[0]!, unitsOf('CAP', 2)]), false],
    ['another number', requested('r-1', 100, mugs), requested('r-2', 100, [mugs[0]!, unitsOf('CUP', 3)]), false],
  ])('is the same for %s: %#', (_, first, second, isTwin) => {
    const [one, other] = refundsSoFar(streamOf([first, second]));
    expect(twinsOf(one!, [one!, other!])).toEqual(isTwin ? [other] : []);
  });
});

describe('Of a captured payment', () => {
  test.each<[string, readonly OrderEvent[], boolean]>([
    ['nothing is captured', [made('r-1', 4_500)], false],
    ['a part is back', [EVENTS.captured, made('r-1', 4_000)], false],
    ['all is back in parts', [EVENTS.captured, made('r-1', 4_000), made('r-2', 500)], true],
    ['all is back at once', [EVENTS.captured, EVENTS.refunded], true],
  ])('%s', (_, events, expected) => {
    expect(isAllBack(streamOf(events))).toBe(expected);
  });

  test('all goes back with the order: nothing else is asked of the gateway', () => {
    expect(isOvertaken(streamOf([EVENTS.captured]))).toBe(false);
    expect(isOvertaken(streamOf([EVENTS.captured, { type: 'CancellationRequested', data: {} } as OrderEvent]))).toBe(
      true,
    );
  });
});
