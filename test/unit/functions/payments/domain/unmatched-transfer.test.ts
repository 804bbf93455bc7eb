/** For which orders money without a reference can be, and when two decisions about it are the same. */
import { describe, expect, test } from 'vitest';
import {
  arrivalOf,
  isSameDecision,
  isUndecided,
  type TransferDecision,
  whyNotFor,
} from '../../../../../functions/payments/domain/unmatched-transfer.ts';
import type { OrderEvent } from '../../../../../functions/published/order-events.ts';
import { parseOrderId } from '../../../../../functions/shared/kernel/ids.ts';
import { money } from '../../../../../functions/shared/kernel/money.ts';
import { created, EVENTS, ORDER_ID, streamOf } from '../../../../support/orders/streams.ts';

const byCard = created();
const byTransfer: OrderEvent = { ...byCard, data: { ...byCard.data, paymentMethod: { type: 'bank_transfer' } } };
const cancelling: OrderEvent = {
  type: 'CancellationRequested',
  data: { reason: 'customer_request', from: 'processing' },
};

describe('Money without a reference', () => {
  test.each<[string, readonly OrderEvent[], string | undefined]>([
    ['can be for an order that waits for a transfer', [byTransfer, EVENTS.reserved], undefined],
    ['is not for an order that is paid otherwise', [byCard], 'other-method'],
    ['is not for an order that there is not', [], 'other-method'],
    ['is not for an order that is paid', [byTransfer, EVENTS.captured], 'not-waiting'],
    ['is not for an order that is being cancelled', [byTransfer, cancelling], 'not-waiting'],
    ['is not for an order that is cancelled', [byTransfer, EVENTS.cancelled], 'not-waiting'],
  ])('%s', (_, events, expected) => {
    expect(whyNotFor(streamOf(events), { amount: money(4_500, 'CNY') })).toBe(expected);
  });

  test('is not for an order of another currency', () => {
    expect(whyNotFor(streamOf([byTransfer]), { amount: money(4_500, 'EUR') })).toBe('other-currency');
  });
});

describe('A transfer of ours that comes back', () => {
  const amount = money(4_500, 'CNY');

  test('is for no order, whatever waits for one', () => {
    expect(whyNotFor(streamOf([byTransfer]), { amount, isReturn: true })).toBe('is-return');
  });

  test('is told apart from other money in its history', () => {
    expect(arrivalOf({ amount, isReturn: true })).toEqual({
      type: 'TransferUnmatched',
      data: { amount, isReturn: true },
    });
    expect(arrivalOf({ amount })).toEqual({ type: 'TransferUnmatched', data: { amount } });
  });
});

describe('A person has to decide', () => {
  const transfer = { transferId: 'E1', amount: money(4_500, 'CNY'), readAt: '2026-01-01T00:00:00.000Z' } as never;
  const decision: TransferDecision = {
    actor: { type: 'operator', id: 'O1' },
    decidedAt: '2026-01-01T00:00:00.000Z',
    type: 'return',
    reason: 'Nobody knows it.',
  };
  const undecided = (more: object) =>
    isUndecided({ ...(transfer as object), ...more } as Parameters<typeof isUndecided>[0]);

  test('until somebody has, and again when the bank refused it', () => {
    expect([
      undecided({}),
      undecided({ decision }),
      undecided({ decision, refusedAt: '2026-01-02T00:00:00.000Z' }),
    ]).toEqual([true, false, true]);
  });
});

describe('Two decisions', () => {
  const decision = (by: string) =>
    ({ actor: { type: 'operator', id: by }, decidedAt: `2026-01-0${by}T00:00:00.000Z` }) as const;
  const match: TransferDecision = { ...decision('1'), type: 'match', orderId: ORDER_ID };
  const back: TransferDecision = { ...decision('1'), type: 'return', reason: 'Nobody knows it.' };

  test('are the same when they come to the same, whoever made them and why', () => {
    expect(isSameDecision(match, { ...match, ...decision('2') })).toBe(true);
    expect(isSameDecision(back, { ...back, ...decision('2'), reason: 'No order.' })).toBe(true);
  });

  test('are not when one gives back what the other matches, or matches to another order', () => {
    expect(isSameDecision(match, back)).toBe(false);
    expect(isSameDecision(back, match)).toBe(false);
    const other = parseOrderId('0190f3a0-0000-7000-8000-000000000002');
    expect(isSameDecision(match, { ...match, orderId: other })).toBe(false);
  });
});
