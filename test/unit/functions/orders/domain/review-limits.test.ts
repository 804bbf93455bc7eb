import { describe, expect, test } from 'vitest';
import { REVIEW_FROM_PATTERN, reviewFromIn } from '../../../../../functions/orders/domain/review-limits.ts';

describe('The total from which on orders wait for approval', () => {
  test.each([
    ['EUR', 1_000_050],
    ['CNY', 1_000_050],
    ['JPY', 10_001],
    ['KWD', 10_000_500],
    ['CLF', 100_005_000],
  ])('is the same amount of major units in %s, whatever its decimals, and never less', (currency, minorUnits) => {
    expect(reviewFromIn('1000050')(currency)).toBe(minorUnits);
  });

  test('is its own where a currency is named, in the minor units of that currency', () => {
    const reviewFrom = reviewFromIn('1000000,JPY=1500000,KWD=2500000');
    expect(['JPY', 'KWD', 'USD'].map(reviewFrom)).toEqual([1_500_000, 2_500_000, 1_000_000]);
  });

  test('is none where it is 0, for all currencies or for one', () => {
    expect(['EUR', 'JPY'].map(reviewFromIn('0'))).toEqual([undefined, undefined]);
    expect(['EUR', 'JPY'].map(reviewFromIn('1000000,JPY=0'))).toEqual([1_000_000, undefined]);
    expect(['EUR', 'JPY'].map(reviewFromIn('0,JPY=1500000'))).toEqual([undefined, 1_500_000]);
  });

  test.each(['', '-1', '1.5', '100,jpy=1', '100,JPY', '100,JPY=1,', 'JPY=1', '100 ,JPY=1'])(
    'cannot be "%s"',
    (text) => {
      expect(REVIEW_FROM_PATTERN.test(text)).toBe(false);
    },
  );
});
