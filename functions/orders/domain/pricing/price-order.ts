import type { AppliedDiscount, OrderLine, PricedItems } from '../../../published/order-events.ts';
import { type Money, money } from '../../../shared/kernel/money.ts';
import { accept, type Result, refuse } from '../../../shared/kernel/result.ts';
import { type Basket, less, total } from './basket.ts';
import { lineDiscounts } from './line-discounts.ts';
import type { Promotion } from './promotion.ts';
import type { DiscountNotApplicable } from './redeem-codes.ts';
import { whyNoEffect } from './why-no-effect.ts';

/** A line before discounts, at the catalogue's price. */
export type ItemLine = Omit<OrderLine, 'discount' | 'net'>;

export interface PriceOrder {
  /** At least one line, all in one currency. */
  readonly lines: readonly ItemLine[];
  /** In the order in which they apply: each sees what those before it left. */
  readonly promotions: readonly Promotion[];
}

/** The subtotal is beyond the whole numbers that are exact. */
export interface TotalTooLarge {
  readonly kind: 'total-too-large';
}

/**
 * Prices the lines under the promotions, and distributes each discount over the lines by largest remainder. Every
 * promotion counts as active: the caller checks whether a code is known and valid.
 * @throws RangeError for no lines, two currencies, or a quantity or price that is no whole number of zero or more
 */
export function priceOrder({
  lines,
  promotions,
}: PriceOrder): Result<PricedItems, TotalTooLarge | DiscountNotApplicable> {
  const full = basketOf(lines);
  const subtotal = total(full.lines.map(({ left }) => left));
  if (subtotal > BigInt(Number.MAX_SAFE_INTEGER)) return refuse({ kind: 'total-too-large' });

  const asMoney = (amount: bigint): Money => money(Number(amount), full.currency);
  const discounts: AppliedDiscount[] = [];
  let basket = full;
  for (const { code, name, rule } of promotions) {
    const off = lineDiscounts(rule, basket);
    const amount = total(off);
    if (amount === 0n) {
      return refuse({ kind: 'discount-not-applicable', code, because: 'no-effect', why: whyNoEffect(rule, basket) });
    }
    discounts.push({ code, name, amount: asMoney(amount) });
    basket = less(basket, off);
  }
  return accept({
    lines: lines.map((line, index) => {
      const net = basket.lines[index]!.left;
      return { ...line, discount: asMoney(full.lines[index]!.left - net), net: asMoney(net) };
    }),
    subtotal: asMoney(subtotal),
    discounts,
    total: asMoney(total(basket.lines.map(({ left }) => left))),
  });
}

function basketOf(lines: readonly ItemLine[]): Basket {
  const [first] = lines;
  if (!first) throw new RangeError('An order has at least one line.');
  const { currency } = first.unitPrice;
  return {
    currency,
    lines: lines.map(({ sku, quantity, unitPrice }) => {
      if (unitPrice.currency !== currency) {
        throw new RangeError(`One order cannot cost ${currency} and ${unitPrice.currency}.`);
      }
      if (quantity < 1 || unitPrice.amount < 0) {
        throw new RangeError(`${sku} has ${quantity} units at ${unitPrice.amount}.`);
      }
      return { sku, quantity: BigInt(quantity), left: BigInt(quantity) * BigInt(unitPrice.amount) };
    }),
  };
}
