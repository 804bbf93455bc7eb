import { describe, expect, test } from 'vitest';
import { refundOfUnits } from '../../../../../../functions/orders/domain/pricing/refund-of-units.ts';
import { money } from '../../../../../../functions/shared/kernel/money.ts';

/** Three units for ¥100.00. */
const line = { quantity: 3, net: money(10_000, 'CNY') };

describe('A refund of units', () => {
  test('is the share of the net, and the last one takes what rounding left', () => {
    const one = [0, 1, 2].map((refunded) => refundOfUnits(line, refunded, 1).amount);
    expect(one).toEqual([3_333, 3_333, 3_334]);
  });

  test('of several units is the same money as one by one', () => {
    expect(refundOfUnits(line, 0, 2)).toEqual(money(6_666, 'CNY'));
    expect(refundOfUnits(line, 1, 2)).toEqual(money(6_667, 'CNY'));
    expect(refundOfUnits(line, 0, 3)).toEqual(line.net);
  });

  test('of nothing is nothing, and so is one of a line that was free', () => {
    expect(refundOfUnits(line, 3, 0)).toEqual(money(0, 'CNY'));
    expect(refundOfUnits({ quantity: 2, net: money(0, 'CNY') }, 0, 1)).toEqual(money(0, 'CNY'));
  });

  test('is exact for the largest amounts', () => {
    const dear = { quantity: 999, net: money(Number.MAX_SAFE_INTEGER, 'CNY') };
    expect(refundOfUnits(dear, 0, 998).amount + refundOfUnits(dear, 998, 1).amount).toBe(Number.MAX_SAFE_INTEGER);
    expect(refundOfUnits(dear, 0, 998)).toEqual(money(8_998_183_039_270_779, 'CNY'));
  });

  test.each([
    [0, 4],
    [2, 2],
    [3, 1],
    [-1, 1],
    [0, -1],
    [0, 0.5],
    [Number.NaN, 1],
  ])('after %p units of %p more than there are is a fault of the caller', (refunded, units) => {
    expect(() => refundOfUnits(line, refunded, units)).toThrow(RangeError);
  });
});
