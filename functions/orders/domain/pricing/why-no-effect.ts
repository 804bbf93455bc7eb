import { assertNever } from '../../../shared/kernel/assert-never.ts';
import type { Sku } from '../../../shared/kernel/ids.ts';
import type { Currency, Money } from '../../../shared/kernel/money.ts';
import { type Basket, linesInScope, total } from './basket.ts';
import { holds } from './condition.ts';
import type { Condition, DiscountRule } from './promotion.ts';

/** The reason for which a rule takes nothing off an order. */
export type WhyNoEffect =
  | { readonly reason: 'other-currency'; readonly expected: Currency; readonly got: Currency }
  /** None of the articles in its scope is on the order. */
  | { readonly reason: 'other-articles'; readonly skus: readonly Sku[] }
  | { readonly reason: 'subtotal-too-small'; readonly minimum: Money }
  | { readonly reason: 'too-few-units'; readonly minimum: number }
  /** Its articles are free, or earlier codes have made them so. */
  | { readonly reason: 'nothing-left' }
  | { readonly reason: 'below-minor-unit' }
  /** Several rules, and each has another reason. */
  | { readonly reason: 'several' };

/** @param rule one that takes nothing off `basket` */
export function whyNoEffect(rule: DiscountRule, basket: Basket): WhyNoEffect {
  switch (rule.type) {
    case 'percentage':
    case 'fixed':
    case 'buy-x-get-y': {
      if (rule.type === 'fixed' && rule.amount.currency !== basket.currency) return otherCurrency(rule.amount, basket);
      const lines = linesInScope(basket, rule.skus);
      if (lines.length === 0) return { reason: 'other-articles', skus: rule.skus ?? [] };
      if (total(lines.map(({ left }) => left)) === 0n) return { reason: 'nothing-left' };
      return rule.type === 'buy-x-get-y' && total(lines.map(({ quantity }) => quantity)) <= rule.buy
        ? { reason: 'too-few-units', minimum: rule.buy + 1 }
        : { reason: 'below-minor-unit' };
    }
    case 'conditional':
      return holds(rule.condition, basket) ? whyNoEffect(rule.discount, basket) : whyNot(rule.condition, basket);
    case 'composed': {
      const [first, ...others] = rule.discounts.map((discount) => whyNoEffect(discount, basket));
      const areAlike = others.every((other) => JSON.stringify(other) === JSON.stringify(first));
      return first && areAlike ? first : { reason: 'several' };
    }
    default:
      return assertNever(rule);
  }
}

/** @param condition one that does not hold for `basket` */
function whyNot(condition: Condition, basket: Basket): WhyNoEffect {
  switch (condition.type) {
    case 'minimum-subtotal':
      return condition.amount.currency === basket.currency
        ? { reason: 'subtotal-too-small', minimum: condition.amount }
        : otherCurrency(condition.amount, basket);
    case 'minimum-quantity':
      return { reason: 'too-few-units', minimum: condition.quantity };
    case 'contains-sku':
      return { reason: 'other-articles', skus: [condition.sku] };
    default:
      return assertNever(condition);
  }
}

const otherCurrency = (of: Money, { currency }: Basket): WhyNoEffect => ({
  reason: 'other-currency',
  expected: of.currency,
  got: currency,
});
