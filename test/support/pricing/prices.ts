/** What orders cost, for property tests that add up. */
import { type ItemLine, priceOrder } from '../../../functions/orders/domain/pricing/price-order.ts';
import type { DiscountRule } from '../../../functions/orders/domain/pricing/promotion.ts';
import type { PricedItems } from '../../../functions/published/order-events.ts';
import { promotion } from './promotions.ts';

/** The price under the rules that apply: a code that is refused is left out, as a client would do. */
export function pricedUnder(lines: readonly ItemLine[], rules: readonly DiscountRule[]): PricedItems {
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

/** As a BigInt, which is exact at any size. */
export const sum = (monies: readonly { readonly amount: number }[]): bigint =>
  monies.reduce((all, each) => all + BigInt(each.amount), 0n);
/** The price of the line before discounts. */
export const gross = ({ quantity, unitPrice: price }: ItemLine): bigint => BigInt(quantity) * BigInt(price.amount);
/** All that the rules take off. */
export const discountOf = (lines: readonly ItemLine[], ...rules: readonly DiscountRule[]): bigint =>
  sum(pricedUnder(lines, rules).discounts.map((each) => each.amount));
