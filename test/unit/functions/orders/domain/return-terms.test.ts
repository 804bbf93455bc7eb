import { describe, expect, test } from 'vitest';
import { fold } from '../../../../../functions/orders/domain/evolve.ts';
import { returnTerms } from '../../../../../functions/orders/domain/return-terms.ts';
import type { ExistingOrder } from '../../../../../functions/orders/domain/state.ts';
import { windowEnd, windowOf } from '../../../../../functions/orders/http/return-window.ts';
import { type OrderEvent, RETURN_REASONS } from '../../../../../functions/published/order-events.ts';
import {
  CHARGED,
  cny,
  failed,
  paidBack,
  requested,
  SHIPPED,
  total,
  units,
} from '../../../../support/orders/refunds.ts';
import { expired, received, returned, twoMugs } from '../../../../support/orders/returns.ts';
import { START, streamOf } from '../../../../support/orders/streams.ts';

const RULE = { changed_mind: 1_000, does_not_fit: 500, other: 0 };
const DAY_MS = 24 * 3_600_000;
const DELIVERED: readonly OrderEvent[] = [...SHIPPED, { type: 'OrderDelivered', data: {} }];
const orderOf = (events: readonly OrderEvent[]) => fold(streamOf(events)) as ExistingOrder;
const termsOf = (...events: readonly OrderEvent[]) => returnTerms(orderOf(events), RULE);
const forMugs = (fee: number): OrderEvent => ({
  type: 'ReturnRequested',
  data: { returnId: 'return-1', lines: [twoMugs], restockingFeeBasisPoints: fee },
});

describe('The terms of a return', () => {
  test('are the units that have left, what was paid for them, and what the shop keeps of it by the reason', () => {
    const terms = termsOf(...SHIPPED);
    expect(terms.lines).toEqual([
      { ...units('MUG-BLUE', 3), name: 'Article MUG-BLUE', unitAmount: cny(3_333), amount: cny(10_000) },
      { ...units('TSHIRT', 1), name: 'Article TSHIRT', unitAmount: cny(12_900), amount: cny(12_900) },
      { ...units('STICKER', 1), name: 'Article STICKER', unitAmount: cny(0), amount: cny(0) },
    ]);
    expect(terms.amount).toEqual(total);
    const free = { restockingFeeBasisPoints: 0, restockingFee: cny(0), refund: total };
    expect(terms.reasons).toEqual([
      { reason: 'changed_mind', restockingFeeBasisPoints: 1_000, restockingFee: cny(2_290), refund: cny(20_610) },
      { reason: 'does_not_fit', restockingFeeBasisPoints: 500, restockingFee: cny(1_145), refund: cny(21_755) },
      ...RETURN_REASONS.slice(2).map((reason) => ({ reason, ...free })),
    ]);
    expect(terms.returns).toEqual([]);
  });

  test.each<[string, readonly OrderEvent[]]>([
    ['nothing has left', CHARGED],
    ['everything was refunded', [...SHIPPED, requested(total.amount), paidBack(total.amount)]],
  ])('name no units when %s', (_, events) => {
    const terms = termsOf(...events);
    expect(terms).toMatchObject({ lines: [], amount: cny(0), returns: [] });
    expect(new Set(terms.reasons.map(({ refund }) => refund.amount))).toEqual(new Set([0]));
  });

  test('name no units to whom the window binds once it is over, and say when it ends', () => {
    const order = orderOf(DELIVERED);
    const end = windowEnd(order, 30)!;
    const at = (now: number) => returnTerms(order, RULE, windowOf(30, now)).lines.length;
    expect(at(Date.parse(end))).toBe(3);
    expect(at(Date.parse(end) + 1)).toBe(0);
    expect(Date.parse(end)).toBe(START + (DELIVERED.length - 1) * 1_000 + 30 * DAY_MS);
    expect(returnTerms(order, RULE, windowOf(null, Number.MAX_SAFE_INTEGER)).lines).toHaveLength(3);
  });

  test('have no end while a parcel is on its way', () => {
    expect(windowEnd(orderOf(SHIPPED), 30)).toBeUndefined();
    expect(windowEnd(orderOf(CHARGED), 30)).toBeUndefined();
  });

  test('leave out what is awaited or has come back, and what was refunded before', () => {
    const terms = termsOf(...SHIPPED, returned(twoMugs), requested(12_900, [units('TSHIRT', 1)]));
    expect(terms.lines).toMatchObject([
      { ...units('MUG-BLUE', 1), amount: cny(3_333) },
      { ...units('TSHIRT', 1), unitAmount: cny(0), amount: cny(0) },
      units('STICKER', 1),
    ]);
    expect(terms.amount).toEqual(cny(3_333));
    expect(termsOf(...SHIPPED, returned(twoMugs), requested(12_900, [units('TSHIRT', 1)]), failed()).amount).toEqual(
      cny(3_333 + 12_900),
    );
  });
});

describe('The terms of a return that is awaited', () => {
  test('are what it gives back when all of it is accepted, by the fee that it was requested with', () => {
    expect(termsOf(...SHIPPED, forMugs(250)).returns).toEqual([
      {
        returnId: 'return-1',
        lines: [twoMugs],
        restockingFeeBasisPoints: 250,
        restockingFee: cny(166),
        refund: cny(6_666 - 166),
      },
    ]);
    expect(termsOf(...SHIPPED, returned(twoMugs)).returns).toMatchObject([
      { restockingFeeBasisPoints: 0, restockingFee: cny(0), refund: cny(6_666) },
    ]);
  });

  test('are of what is still to be decided, also after it has expired', () => {
    const one = units('MUG-BLUE', 1);
    expect(termsOf(...SHIPPED, forMugs(250), received(one)).returns).toMatchObject([{ lines: [one] }]);
    expect(termsOf(...SHIPPED, forMugs(250), received(twoMugs)).returns).toEqual([]);
    expect(termsOf(...SHIPPED, forMugs(250), expired(twoMugs))).toMatchObject({
      lines: [{ ...units('MUG-BLUE', 3), amount: cny(10_000) }, units('TSHIRT', 1), units('STICKER', 1)],
      returns: [{ lines: [twoMugs], refund: cny(6_500) }],
    });
  });

  test('are nothing when the whole payment has gone back already', () => {
    const all = [requested(total.amount), paidBack(total.amount)];
    expect(termsOf(...SHIPPED, forMugs(250), ...all).returns).toMatchObject([
      { lines: [twoMugs], restockingFee: cny(0), refund: cny(0) },
    ]);
  });
});
