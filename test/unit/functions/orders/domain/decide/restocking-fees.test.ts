import { describe, expect, test } from 'vitest';
import { fold } from '../../../../../../functions/orders/domain/evolve.ts';
import { restockingFee } from '../../../../../../functions/orders/domain/pricing/restocking-fee.ts';
import { feeOf } from '../../../../../../functions/orders/domain/return-terms.ts';
import type { ExistingOrder } from '../../../../../../functions/orders/domain/state.ts';
import { type OrderEvent, RETURN_REASONS } from '../../../../../../functions/published/order-events.ts';
import type { Units } from '../../../../../../functions/shared/kernel/units.ts';
import { given } from '../../../../../support/orders/given-when-then.ts';
import { cny, failed, paidBack, SHIPPED, total, units } from '../../../../../support/orders/refunds.ts';
import { receive, received, request, twoMugs } from '../../../../../support/orders/returns.ts';
import { streamOf } from '../../../../../support/orders/streams.ts';

const [mug, shirt] = [units('MUG-BLUE', 1), units('TSHIRT', 1)];
const everything = [units('MUG-BLUE', 3), shirt, units('STICKER', 1)];
/** Of a shop that keeps so much of it. */
const returnedAt = (restockingFeeBasisPoints: number, ...lines: readonly Units[]): OrderEvent => ({
  type: 'ReturnRequested',
  data: { returnId: 'return-1', lines, restockingFeeBasisPoints },
});
const refundWithFee = (amount: number, fee: number, lines: readonly Units[], refundId = 'refund-9'): OrderEvent => ({
  type: 'RefundRequested',
  data: { refundId, amount: cny(amount), lines, returnId: 'return-1', restockingFee: cny(fee) },
});
const refundsOf = (...events: readonly OrderEvent[]) => (fold(streamOf(events)) as ExistingOrder).refunds;
const give = (amount: number) =>
  ({ type: 'RefundOrder', refundId: 'refund-2', scope: { type: 'amount', amount: cny(amount) } }) as const;

describe('The restocking fee', () => {
  test('is what the shop has set for the reason, and nothing where the shop is at fault', () => {
    const rule = { changed_mind: 1_000, does_not_fit: 500, other: 250 };
    expect(Object.fromEntries(RETURN_REASONS.map((reason) => [reason, feeOf(rule, reason)]))).toEqual({
      changed_mind: 1_000,
      does_not_fit: 500,
      not_as_described: 0,
      defective: 0,
      wrong_article: 0,
      arrived_late: 0,
      other: 250,
    });
    expect(feeOf(rule)).toBe(250);
  });

  test('is exact in minor units, rounded down, and never more than the refund', () => {
    expect(restockingFee(cny(3_333), 1_000)).toEqual(cny(333));
    expect(restockingFee(cny(9), 1_000)).toEqual(cny(0));
    expect(restockingFee(cny(2 ** 53 - 1), 10_000)).toEqual(cny(2 ** 53 - 1));
    for (const wrong of [-1, 10_001, 0.5]) expect(() => restockingFee(cny(1), wrong)).toThrow(RangeError);
  });

  test('is what the return was requested with', () => {
    given(...SHIPPED)
      .when({ ...request(twoMugs), restockingFeeBasisPoints: 1_000 })
      .then(returnedAt(1_000, twoMugs));
    given(...SHIPPED)
      .when({ ...request(twoMugs), restockingFeeBasisPoints: 0 })
      .then({ type: 'ReturnRequested', data: { returnId: 'return-1', lines: [twoMugs] } });
  });

  test('is taken off the refund of what is accepted, of each part', () => {
    given(...SHIPPED, returnedAt(1_000, twoMugs, shirt))
      .when({ ...receive, inspected: { accepted: [mug], rejected: [] } })
      .then(received(mug), refundWithFee(3_000, 333, [mug]));
    given(...SHIPPED, returnedAt(1_000, twoMugs, shirt), received(mug), refundWithFee(3_000, 333, [mug], 'refund-1'))
      .when(receive)
      .then(received(mug, shirt), refundWithFee(3_000 + 11_610, 333 + 1_290, [mug, shirt]));
  });

  test('is nothing when whoever receives the goods waives it', () => {
    given(...SHIPPED, returnedAt(1_000, mug))
      .when({ ...receive, waivesFee: true })
      .then(received(mug), {
        type: 'RefundRequested',
        data: { refundId: 'refund-9', amount: cny(3_333), lines: [mug], returnId: 'return-1' },
      });
  });

  test('of all of it leaves an empty refund, which no channel is asked for', () => {
    given(...SHIPPED, returnedAt(10_000, shirt))
      .when(receive)
      .then(received(shirt), refundWithFee(0, 12_900, [shirt]), paidBack(0, 'refund-9'));
  });

  test('does not come back with the last units', () => {
    const first = [
      ...SHIPPED,
      returnedAt(1_000, shirt),
      received(shirt),
      refundWithFee(11_610, 1_290, [shirt], 'refund-1'),
    ];
    given(...first, paidBack(11_610))
      .when({ type: 'RefundOrder', refundId: 'refund-2', scope: { type: 'full' } })
      .then({
        type: 'RefundRequested',
        data: { refundId: 'refund-2', amount: cny(10_000), lines: [units('MUG-BLUE', 3), units('STICKER', 1)] },
      });
    given(
      ...SHIPPED,
      returnedAt(1_000, ...everything),
      received(...everything),
      refundWithFee(20_610, 2_290, everything, 'refund-1'),
    )
      .when({ type: 'RefundOrder', refundId: 'refund-2', scope: { type: 'full' } })
      .thenRefused({ kind: 'nothing-to-refund' });
  });

  test('is given back by a person as an amount, and no more than that', () => {
    const kept = [
      ...SHIPPED,
      returnedAt(1_000, ...everything),
      received(...everything),
      refundWithFee(20_610, 2_290, everything, 'refund-1'),
      paidBack(20_610),
    ];
    given(...kept)
      .when(give(2_290))
      .then({ type: 'RefundRequested', data: { refundId: 'refund-2', amount: cny(2_290), lines: [] } });
    given(...kept)
      .when(give(2_291))
      .thenRefused({ kind: 'refund-exceeds-payment', wanted: cny(2_291), left: cny(2_290) });
  });

  test('is not kept of a refund that has failed', () => {
    const gone = [
      ...SHIPPED,
      returnedAt(1_000, shirt),
      received(shirt),
      refundWithFee(11_610, 1_290, [shirt], 'refund-1'),
      failed(),
    ];
    given(...gone)
      .when({ type: 'RefundOrder', refundId: 'refund-2', scope: { type: 'full' } })
      .then({
        type: 'RefundRequested',
        data: { refundId: 'refund-2', amount: total, lines: everything },
      });
    expect(refundsOf(...gone)).toMatchObject([{ status: 'failed', restockingFee: cny(1_290) }]);
  });
});
