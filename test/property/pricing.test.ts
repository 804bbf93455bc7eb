import { describe, expect, test } from '@jest/globals';
import { shareOut } from '../../functions/orders/domain/pricing/largest-remainder.ts';
import { type ItemLine, priceOrder } from '../../functions/orders/domain/pricing/price-order.ts';
import type { Condition, DiscountRule } from '../../functions/orders/domain/pricing/promotion.ts';
import { refundOfUnits } from '../../functions/orders/domain/pricing/refund-of-units.ts';
import type { PricedItems } from '../../functions/published/order-events.ts';
import type { Sku } from '../../functions/shared/kernel/ids.ts';
import { money } from '../../functions/shared/kernel/money.ts';
import { promotion } from '../support/orders/promotions.ts';
import fc from '../support/run/properties.ts';

const NAMES = ['A', 'B', 'C', 'D', 'E', 'F'] as readonly string[] as readonly Sku[];

/** Prices where rounding shows, everyday ones, and ones that ordinary multiplication gets wrong. */
const unitPrice = fc.oneof(
  fc.integer({ min: 0, max: 20 }),
  fc.integer({ min: 0, max: 1_000_000 }),
  fc.integer({ min: 0, max: 9_000_000_000_000 / 6 }),
);
const line = (sku: Sku) =>
  fc
    .record({ quantity: fc.integer({ min: 1, max: 999 }), price: unitPrice })
    .map(
      ({ quantity, price }): ItemLine => ({ sku, name: `Article ${sku}`, quantity, unitPrice: money(price, 'CNY') }),
    );
const basket = fc.subarray([...NAMES], { minLength: 1 }).chain((names) => fc.tuple(...names.map(line)));
/** One unit in a line more often than not: what promotions on units are about. */
const smallBasket = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 60 })), { minLength: 1, maxLength: 6 })
  .map((lines) =>
    lines.map(
      ([quantity, price], index): ItemLine => ({
        sku: NAMES[index]!,
        name: 'Article',
        quantity,
        unitPrice: money(price, 'CNY'),
      }),
    ),
  );

const scope = fc
  .option(fc.subarray([...NAMES], { minLength: 1 }), { nil: undefined })
  .map((skus) => (skus ? { skus } : {}));
const amount = fc.integer({ min: 1, max: 2_000_000 }).map((fen) => money(fen, 'CNY'));
const basisPoints = fc.integer({ min: 1, max: 10_000 });
const percentage = fc
  .tuple(basisPoints, scope)
  .map(([points, skus]): DiscountRule => ({ type: 'percentage', basisPoints: points, ...skus }));
const fixed = fc.tuple(amount, scope).map(([off, skus]): DiscountRule => ({ type: 'fixed', amount: off, ...skus }));
const groups = fc.record({ buy: fc.integer({ min: 1, max: 4 }), get: fc.integer({ min: 1, max: 4 }) });
const buyXGetY = fc
  .tuple(groups, scope)
  .map(([group, skus]): DiscountRule => ({ type: 'buy-x-get-y', ...group, ...skus }));
const condition = fc.oneof(
  fc.tuple(amount, scope).map(([least, skus]): Condition => ({ type: 'minimum-subtotal', amount: least, ...skus })),
  fc
    .tuple(fc.integer({ min: 1, max: 500 }), scope)
    .map(([quantity, skus]): Condition => ({ type: 'minimum-quantity', quantity, ...skus })),
  fc.constantFrom(...NAMES).map((sku): Condition => ({ type: 'contains-sku', sku })),
);
const { rule } = fc.letrec<{ rule: DiscountRule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3 },
    percentage,
    fixed,
    buyXGetY,
    fc
      .tuple(condition, tie('rule'))
      .map(([when, discount]): DiscountRule => ({ type: 'conditional', condition: when, discount })),
    fc
      .tuple(fc.constantFrom('all' as const, 'best' as const), fc.array(tie('rule'), { minLength: 1, maxLength: 3 }))
      .map(([mode, discounts]): DiscountRule => ({ type: 'composed', mode, discounts })),
  ),
}));

/** The price under those of the rules that apply, as a client that leaves out refused codes would get it. */
function pricedUnder(lines: readonly ItemLine[], rules: readonly DiscountRule[]): PricedItems {
  const promotions = rules.map((each, index) => promotion(each, `CODE-${index}`));
  for (;;) {
    const result = priceOrder({ lines, promotions });
    if (result.ok) return result.value;
    const { refusal } = result;
    if (refusal.kind !== 'discount-not-applicable') throw new Error(refusal.kind);
    promotions.splice(
      promotions.findIndex(({ code }) => code === refusal.code),
      1,
    );
  }
}

/** BigInt cannot lose a fen, so it can be asked. */
const sum = (monies: readonly { readonly amount: number }[]): bigint =>
  monies.reduce((all, each) => all + BigInt(each.amount), 0n);
const gross = ({ quantity, unitPrice: price }: ItemLine): bigint => BigInt(quantity) * BigInt(price.amount);
const discountOf = (lines: readonly ItemLine[], ...rules: readonly DiscountRule[]): bigint =>
  sum(pricedUnder(lines, rules).discounts.map((each) => each.amount));

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

  test('is refunded to the last minor unit, whatever the units go back in', () => {
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
  /** The units laid out one by one, dearest first: whoever walks along them pays X and gets Y, and the cheapest are free. */
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

describe('Sharing out by largest remainder', () => {
  const weights = fc.array(fc.oneof(fc.bigInt({ min: 0n, max: 9n }), fc.bigInt({ min: 0n, max: 2n ** 53n })), {
    minLength: 1,
    maxLength: 97,
  });
  const shares = weights.chain((all) => {
    const whole = all.reduce((a, b) => a + b, 0n);
    return fc.tuple(fc.bigInt({ min: 0n, max: whole }), fc.constant(all), fc.constant(whole));
  });

  test('adds up, and differs from every exact share by less than one', () => {
    fc.assert(
      fc.property(shares, ([off, all, whole]) => {
        const given = shareOut(off, all);
        expect(given.reduce((a, b) => a + b, 0n)).toBe(off);
        all.forEach((weight, index) => {
          const distance = given[index]! * whole - off * weight;
          if (whole > 0n) expect(distance > -whole && distance < whole).toBe(true);
          expect(given[index]! <= weight && given[index]! >= 0n).toBe(true);
        });
      }),
    );
  });

  test('rounds nobody up while a larger remainder, or an equal one before it, is rounded down', () => {
    fc.assert(
      fc.property(shares, ([off, all, whole]) => {
        fc.pre(whole > 0n);
        const given = shareOut(off, all);
        const remainder = (index: number) => (off * all[index]!) % whole;
        const up = all.map((weight, index) => given[index]! > (off * weight) / whole);
        up.forEach((roundedUp, index) =>
          up.forEach((otherUp, other) => {
            if (!roundedUp || otherUp) return;
            expect(
              remainder(index) > remainder(other) || (remainder(index) === remainder(other) && index < other),
            ).toBe(true);
          }),
        );
      }),
    );
  });
});
