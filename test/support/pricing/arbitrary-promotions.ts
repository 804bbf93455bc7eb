/** Baskets and promotions of every kind, for property tests. Amounts are fen. */
import type { ItemLine } from '../../../functions/orders/domain/pricing/price-order.ts';
import type { Condition, DiscountRule } from '../../../functions/orders/domain/pricing/promotion.ts';
import type { Sku } from '../../../functions/shared/kernel/ids.ts';
import { money } from '../../../functions/shared/kernel/money.ts';
import fc from '../run/properties.ts';

export const NAMES = ['A', 'B', 'C', 'D', 'E', 'F'] as readonly string[] as readonly Sku[];

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
/** Lines of different articles. */
export const basket = fc.subarray([...NAMES], { minLength: 1 }).chain((names) => fc.tuple(...names.map(line)));
/** A few units in each line, often only one: the cases that promotions on units are about. */
export const smallBasket = fc
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
/** Up to ¥20,000.00. */
export const amount = fc.integer({ min: 1, max: 2_000_000 }).map((fen) => money(fen, 'CNY'));
export const basisPoints = fc.integer({ min: 1, max: 10_000 });
export const percentage = fc
  .tuple(basisPoints, scope)
  .map(([points, skus]): DiscountRule => ({ type: 'percentage', basisPoints: points, ...skus }));
export const fixed = fc
  .tuple(amount, scope)
  .map(([off, skus]): DiscountRule => ({ type: 'fixed', amount: off, ...skus }));
/** Of "buy X, get Y". */
export const groups = fc.record({ buy: fc.integer({ min: 1, max: 4 }), get: fc.integer({ min: 1, max: 4 }) });
export const buyXGetY = fc
  .tuple(groups, scope)
  .map(([group, skus]): DiscountRule => ({ type: 'buy-x-get-y', ...group, ...skus }));
const condition = fc.oneof(
  fc.tuple(amount, scope).map(([least, skus]): Condition => ({ type: 'minimum-subtotal', amount: least, ...skus })),
  fc
    .tuple(fc.integer({ min: 1, max: 500 }), scope)
    .map(([quantity, skus]): Condition => ({ type: 'minimum-quantity', quantity, ...skus })),
  fc.constantFrom(...NAMES).map((sku): Condition => ({ type: 'contains-sku', sku })),
);
/** Any rule, alone, with a condition or composed. */
export const { rule } = fc.letrec<{ rule: DiscountRule }>((tie) => ({
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
