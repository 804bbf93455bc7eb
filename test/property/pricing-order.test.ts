/** How prices depend on the order of lines and promotions, and on larger discounts and quantities. */
import { describe, expect, test } from 'vitest';
import { money } from '../../functions/shared/kernel/money.ts';
import {
  amount,
  basisPoints,
  basket,
  buyXGetY,
  fixed,
  NAMES,
  percentage,
  rule,
  smallBasket,
} from '../support/pricing/arbitrary-promotions.ts';
import { discountOf, pricedUnder } from '../support/pricing/prices.ts';
import fc from '../support/run/properties.ts';

describe('Order', () => {
  const shuffled = smallBasket.chain((lines) =>
    fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })),
  );

  test('of the lines does not change what one discount takes off', () => {
    fc.assert(
      fc.property(shuffled, fc.oneof(percentage, fixed, buyXGetY), ([lines, others], each) => {
        expect(discountOf(others, each)).toBe(discountOf(lines, each));
      }),
    );
  });

  test('of promotions on different articles changes nothing at all', () => {
    const [left, right] = [NAMES.slice(0, 3), NAMES.slice(3)];
    fc.assert(
      fc.property(
        basket,
        fc.oneof(percentage, fixed, buyXGetY),
        fc.oneof(percentage, fixed, buyXGetY),
        (lines, one, other) => {
          const [a, b] = [
            { ...one, skus: left },
            { ...other, skus: right },
          ] as const;
          expect(pricedUnder(lines, [a, b]).lines).toEqual(pricedUnder(lines, [b, a]).lines);
        },
      ),
    );
  });

  test('of the candidates does not change what the best of them takes off: the most that one takes alone', () => {
    fc.assert(
      fc.property(basket, fc.array(rule, { minLength: 1, maxLength: 4 }), (lines, discounts) => {
        const most = discounts.map((each) => discountOf(lines, each)).reduce((a, b) => (a > b ? a : b));
        expect(discountOf(lines, { type: 'composed', mode: 'best', discounts })).toBe(most);
        expect(discountOf(lines, { type: 'composed', mode: 'best', discounts: discounts.toReversed() })).toBe(most);
      }),
    );
  });

  test('of a composition is that of codes: all in turn cost the same as one promotion or as several', () => {
    fc.assert(
      fc.property(basket, fc.array(rule, { minLength: 1, maxLength: 4 }), (lines, discounts) => {
        expect(pricedUnder(lines, [{ type: 'composed', mode: 'all', discounts }]).lines).toEqual(
          pricedUnder(lines, discounts).lines,
        );
      }),
    );
  });
});

describe('More', () => {
  test('per cent never take off less', () => {
    fc.assert(
      fc.property(basket, basisPoints, basisPoints, (lines, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        expect(
          discountOf(lines, { type: 'percentage', basisPoints: less }) <=
            discountOf(lines, { type: 'percentage', basisPoints: more }),
        ).toBe(true);
      }),
    );
  });

  test('off never takes off less', () => {
    fc.assert(
      fc.property(basket, amount, amount, (lines, one, other) => {
        const [less, more] = [Math.min(one.amount, other.amount), Math.max(one.amount, other.amount)];
        expect(
          discountOf(lines, { type: 'fixed', amount: money(less, 'CNY') }) <=
            discountOf(lines, { type: 'fixed', amount: money(more, 'CNY') }),
        ).toBe(true);
      }),
    );
  });

  test('units never cost less under a percentage, a fixed amount or buy X get Y', () => {
    fc.assert(
      fc.property(smallBasket, fc.oneof(percentage, fixed, buyXGetY), fc.nat(), (lines, each, at) => {
        const index = at % lines.length;
        const grown = lines.map((one, position) => (position === index ? { ...one, quantity: one.quantity + 1 } : one));
        expect(pricedUnder(grown, [each]).total.amount).toBeGreaterThanOrEqual(pricedUnder(lines, [each]).total.amount);
      }),
      { numRuns: 1_000 },
    );
  });
});
