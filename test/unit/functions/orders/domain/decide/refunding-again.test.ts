import { describe, expect, test } from 'vitest';
import { fold } from '../../../../../../functions/orders/domain/evolve.ts';
import type { ExistingOrder } from '../../../../../../functions/orders/domain/state.ts';
import type { OrderEvent } from '../../../../../../functions/published/order-events.ts';
import { given } from '../../../../../support/orders/given-when-then.ts';
import { cny, failed, paidBack, requested, SHIPPED, total, units } from '../../../../../support/orders/refunds.ts';
import { streamOf } from '../../../../../support/orders/streams.ts';

const SUBJECT = { taskId: 'task-1', kind: 'refund', refundId: 'refund-1' } as const;
const OUTSIDE: OrderEvent = {
  type: 'TaskResolved',
  data: { ...SUBJECT, resolution: 'done_outside', evidence: 'transfer 7' },
};
const WRITTEN_OFF: OrderEvent = { type: 'TaskResolved', data: { ...SUBJECT, resolution: 'written_off' } };
const RESUMED: OrderEvent = { type: 'TaskResumed', data: SUBJECT };
const REVERSED: OrderEvent = {
  type: 'RefundFailed',
  data: { refundId: 'refund-1', reason: 'account_closed', reversed: cny(20_000) },
};
const full = { type: 'RefundOrder', refundId: 'refund-2', scope: { type: 'full' } } as const;
const ofAmount = (amount: number) => ({ ...full, scope: { type: 'amount', amount: cny(amount) } }) as const;
const SHIRT = units('TSHIRT', 1);

const refundsAfter = (...events: readonly OrderEvent[]) =>
  (fold(streamOf([...SHIPPED, ...events])) as ExistingOrder).refunds.map(({ status, outside }) => [status, outside]);

describe('A refund that a person has made outside', () => {
  const before = [...SHIPPED, requested(20_000), failed(), OUTSIDE];

  test('is not made once more: only the rest can be refunded', () => {
    given(...before)
      .when(ofAmount(2_900))
      .then(requested(2_900, [], 'refund-2'));
    given(...before)
      .when(ofAmount(2_901))
      .thenRefused({ kind: 'refund-exceeds-payment', wanted: cny(2_901), left: cny(2_900) });
    given(...SHIPPED, requested(total.amount), failed(), OUTSIDE)
      .when(full)
      .thenRefused({ kind: 'nothing-to-refund' });
  });

  test('has given back its units', () => {
    given(...SHIPPED, requested(12_900, [SHIRT]), failed(), OUTSIDE)
      .when({ ...full, scope: { type: 'items', items: [SHIRT] } })
      .thenRefused({ kind: 'too-many-units', sku: SHIRT.sku, wanted: 1, left: 0 });
  });

  test('is shown as made, and as made outside', () => {
    expect(refundsAfter(requested(20_000), failed(), OUTSIDE)).toEqual([['refunded', true]]);
  });

  test('stays so when an attempt that was under way says afterwards that it has failed', () => {
    expect(refundsAfter(requested(20_000), failed(), OUTSIDE, failed())).toEqual([['refunded', true]]);
  });

  test('is one of ours once the channel shows it, and can fail later', () => {
    const shown = [requested(20_000), failed(), OUTSIDE, paidBack(20_000)];
    expect(refundsAfter(...shown)).toEqual([['refunded', undefined]]);
    expect(refundsAfter(...shown, REVERSED)).toEqual([['failed', undefined]]);
  });

  test('is none when the platform had made it', () => {
    expect(refundsAfter(requested(20_000), paidBack(20_000), OUTSIDE)).toEqual([['refunded', undefined]]);
  });

  test('is none when its task was about something else', () => {
    const other: OrderEvent = { type: 'TaskResolved', data: { ...OUTSIDE.data, kind: 'transfer' } };
    expect(refundsAfter(requested(20_000), failed(), other)).toEqual([['failed', undefined]]);
  });
});

describe('A refund that a person has tried again', () => {
  const before = [...SHIPPED, requested(20_000), failed(), RESUMED];

  test('is promised until that ends', () => {
    expect(refundsAfter(requested(20_000), failed(), RESUMED)).toEqual([['requested', undefined]]);
    given(...before)
      .when(ofAmount(2_901))
      .thenRefused({ kind: 'refund-exceeds-payment', wanted: cny(2_901), left: cny(2_900) });
    given(...before, failed())
      .when(ofAmount(total.amount))
      .then(requested(total.amount, [], 'refund-2'));
  });

  test.each([
    ['has written it off', WRITTEN_OFF],
    ['need not see to it any more', { ...WRITTEN_OFF, data: { ...WRITTEN_OFF.data, resolution: 'nothing_to_do' } }],
  ] as [string, OrderEvent][])('is not owed any more when a person %s', (_, event) => {
    expect(refundsAfter(requested(20_000), failed(), RESUMED, event)).toEqual([['failed', undefined]]);
  });

  test('changes nothing when the wish was about something else, or it was made', () => {
    const other: OrderEvent = { type: 'TaskResumed', data: { ...RESUMED.data, kind: 'transfer' } };
    expect(refundsAfter(requested(20_000), failed(), other)).toEqual([['failed', undefined]]);
    expect(refundsAfter(requested(20_000), paidBack(20_000), RESUMED)).toEqual([['refunded', undefined]]);
  });
});
