import { describe, expect, test } from 'vitest';
import type { ItemLine } from '../../functions/orders/domain/pricing/price-order.ts';
import { refundOfUnits } from '../../functions/orders/domain/pricing/refund-of-units.ts';
import { basisPoints, basket, groups, rule, smallBasket } from '../support/pricing/arbitrary-promotions.ts';
import { discountOf, gross, pricedUnder, sum } from '../support/pricing/prices.ts';
import fc from '../support/run/properties.ts';

describe('An order under any promotions', () => {
  test('adds up to the last minor unit: lines, discounts, subtotal and total', () => {
    fc.assert(
      fc.property(basket, fc.array(rule, { maxLength: 4 }), (lines, rules) => {
        const order = pricedUnder(lines, rules);
        const total = BigInt(order.total.amount);
        expect(BigInt(order.subtotal.amount)).toBe(lines.reduce((all, each) => all + gross(each), 0n));
        expect(sum(order.lines.map(({ net }) => net))).toBe(total);
        expect(sum(order.lines.map(({ discount }) => discount))).toBe(sum(order.discounts.map((each) => each.amount)));
        expect(BigInt(order.subtotal.amount) - sum(order.discounts.map((each) => each.amount))).toBe(total);
        for (const each of order.lines) {
          expect(BigInt(each.net.amount) + BigInt(each.discount.amount)).toBe(gross(each));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('never costs less than nothing, in any line, and no promotion adds to it', () => {
    fc.assert(
      fc.property(basket, fc.array(rule, { maxLength: 4 }), (lines, rules) => {
        const order = pricedUnder(lines, rules);
        for (const { discount, net } of order.lines) {
          expect(Math.min(discount.amount, net.amount)).toBeGreaterThanOrEqual(0);
        }
        for (const each of order.discounts) expect(each.amount.amount).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  test('is refunded to the last minor unit, in whatever parts the units are refunded', () => {
    const parts = fc.infiniteStream(fc.integer({ min: 1, max: 400 }));
    fc.assert(
      fc.property(basket, fc.array(rule, { maxLength: 2 }), parts, (lines, rules, sizes) => {
        const order = pricedUnder(lines, rules);
        let refunded = 0n;
        for (const each of order.lines) {
          for (let units = 0; units < each.quantity; ) {
            const part = Math.min(sizes.next().value as number, each.quantity - units);
            const { amount: back } = refundOfUnits(each, units, part);
            expect(back).toBeGreaterThanOrEqual(0);
            refunded += BigInt(back);
            units += part;
          }
        }
        expect(refunded).toBe(BigInt(order.total.amount));
      }),
    );
  });
});

describe('A percentage', () => {
  test('of the whole order is the exact share, to the nearest fen and half a fen up', () => {
    fc.assert(
      fc.property(basket, basisPoints, (lines, points) => {
        const exact = 2n * lines.reduce((all, each) => all + gross(each), 0n) * BigInt(points);
        const twice = 20_000n * discountOf(lines, { type: 'percentage', basisPoints: points });
        expect(twice - exact > -10_000n && twice - exact <= 10_000n).toBe(true);
      }),
    );
  });
});

describe('Buy X, get Y', () => {
  /** The units one by one, dearest first: of each group the customer pays X and gets Y, and the cheapest units are free. */
  const byHand = (lines: readonly ItemLine[], buy: number, get: number): bigint => {
    const units = lines
      .flatMap(({ quantity, unitPrice: price }) => Array.from({ length: quantity }, () => price.amount))
      .sort((a, b) => b - a);
    const free = units.filter((_, index) => index % (buy + get) >= buy).length;
    return BigInt(units.slice(units.length - free).reduce((all, each) => all + each, 0));
  };

  test('takes off the cheapest units, as counted by hand', () => {
    fc.assert(
      fc.property(smallBasket, groups, (lines, group) => {
        expect(discountOf(lines, { type: 'buy-x-get-y', ...group })).toBe(byHand(lines, group.buy, group.get));
      }),
    );
  });
});
