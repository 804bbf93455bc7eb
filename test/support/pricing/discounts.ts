/** Discount rules and what they take off a basket, for tests. Amounts are fen. */
import { expect } from 'vitest';
import { priceOrder } from '../../../functions/orders/domain/pricing/price-order.ts';
import type { DiscountRule } from '../../../functions/orders/domain/pricing/promotion.ts';
import { money } from '../../../functions/shared/kernel/money.ts';
import { items, priced, promotion, skus } from './promotions.ts';

/** Given a basket, when these rules apply in turn, then each line has this discount and the customer pays this total. */
export const givenBasket = (basket: Parameters<typeof items>[0]) => ({
  when(...rules: readonly DiscountRule[]) {
    const order = () => priced(items(basket), ...rules);
    return {
      then(discounts: readonly number[], total: number) {
        const { lines, ...sums } = order();
        expect({ discounts: lines.map(({ discount }) => discount.amount), total: sums.total.amount }).toEqual({
          discounts,
          total,
        });
      },
      thenRefused: (refusal: unknown) =>
        expect(priceOrder({ lines: items(basket), promotions: rules.map((rule) => promotion(rule)) })).toEqual({
          ok: false,
          refusal,
        }),
    };
  },
});

/** @param names the articles that it is for; none means all */
export const percentage = (basisPoints: number, ...names: readonly string[]): DiscountRule => ({
  type: 'percentage',
  basisPoints,
  ...(names.length > 0 ? { skus: skus(...names) } : {}),
});
/** @param amount in fen
 * @param names the articles that it is for; none means all */
export const fixed = (amount: number, ...names: readonly string[]): DiscountRule => ({
  type: 'fixed',
  amount: money(amount, 'CNY'),
  ...(names.length > 0 ? { skus: skus(...names) } : {}),
});
/** Buy some, get some. @param names the articles that it is for; none means all */
export const free = (buy: number, get: number, ...names: readonly string[]): DiscountRule => ({
  type: 'buy-x-get-y',
  buy,
  get,
  ...(names.length > 0 ? { skus: skus(...names) } : {}),
});
/** The refusal of a code whose rule takes nothing off. */
export const inapplicable: unknown = expect.objectContaining({
  kind: 'discount-not-applicable',
  code: 'CODE',
  because: 'no-effect',
});
