/** Promotions and priced lines, for tests. Amounts are fen. */

import { type ItemLine, priceOrder } from '../../../functions/orders/domain/pricing/price-order.ts';
import type { DiscountRule, Promotion } from '../../../functions/orders/domain/pricing/promotion.ts';
import type { PricedItems } from '../../../functions/published/order-events.ts';
import type { Sku } from '../../../functions/shared/kernel/ids.ts';
import { money } from '../../../functions/shared/kernel/money.ts';

export const skus = (...names: readonly string[]) => names as readonly Sku[];

export const promotion = (rule: DiscountRule, code = 'CODE'): Promotion => ({ code, name: `Promotion ${code}`, rule });

/** Lines as `{ MUG: [3, 4_500] }`: three mugs at ¥45.00. */
export const items = (
  basket: Readonly<Record<string, readonly [quantity: number, unitPrice: number]>>,
): readonly ItemLine[] =>
  Object.entries(basket).map(([sku, [quantity, unitPrice]]) => ({
    sku: sku as Sku,
    name: `Article ${sku}`,
    quantity,
    unitPrice: money(unitPrice, 'CNY'),
  }));

/** What the order costs. @throws Error when it is refused */
export function priced(lines: readonly ItemLine[], ...rules: readonly DiscountRule[]): PricedItems {
  const result = priceOrder({ lines, promotions: rules.map((rule, index) => promotion(rule, `CODE-${index + 1}`)) });
  if (!result.ok) throw new Error(`Expected a price, got ${JSON.stringify(result.refusal)}.`);
  return result.value;
}
