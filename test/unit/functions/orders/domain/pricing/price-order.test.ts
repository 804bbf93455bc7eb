import { describe, expect, test } from 'vitest';
import { type ItemLine, priceOrder } from '../../../../../../functions/orders/domain/pricing/price-order.ts';
import { money } from '../../../../../../functions/shared/kernel/money.ts';
import { fixed, givenBasket, inapplicable, percentage } from '../../../../../support/pricing/discounts.ts';
import { items, priced } from '../../../../../support/pricing/promotions.ts';

describe('Without promotions', () => {
  test('an order costs what its lines cost', () => {
    expect(priced(items({ MUG: [3, 4_500], COFFEE: [1, 8_800] }))).toEqual({
      lines: [
        {
          sku: 'MUG',
          name: 'Article MUG',
          quantity: 3,
          unitPrice: money(4_500, 'CNY'),
          discount: money(0, 'CNY'),
          net: money(13_500, 'CNY'),
        },
        {
          sku: 'COFFEE',
          name: 'Article COFFEE',
          quantity: 1,
          unitPrice: money(8_800, 'CNY'),
          discount: money(0, 'CNY'),
          net: money(8_800, 'CNY'),
        },
      ],
      subtotal: money(22_300, 'CNY'),
      discounts: [],
      total: money(22_300, 'CNY'),
    });
  });

  test('is exact up to the largest exact whole number, and refused beyond it', () => {
    givenBasket({ PLANET: [1, Number.MAX_SAFE_INTEGER] })
      .when()
      .then([0], Number.MAX_SAFE_INTEGER);
    givenBasket({ PLANET: [1, Number.MAX_SAFE_INTEGER], MUG: [1, 1] })
      .when()
      .thenRefused({ kind: 'total-too-large' });
  });
});

describe('Several promotions', () => {
  test('apply in the order of their codes, and each is told with what it took off', () => {
    const { discounts, lines } = priced(items({ MUG: [1, 4_500], PEN: [1, 500] }), fixed(500), percentage(1_000));
    expect(discounts).toEqual([
      { code: 'CODE-1', name: 'Promotion CODE-1', amount: money(500, 'CNY') },
      { code: 'CODE-2', name: 'Promotion CODE-2', amount: money(450, 'CNY') },
    ]);
    expect(lines.map(({ discount, net }) => [discount.amount, net.amount])).toEqual([
      [855, 3_645],
      [95, 405],
    ]);
  });

  test('are refused when one of them finds nothing left to take off', () => {
    givenBasket({ PEN: [1, 300] })
      .when(fixed(500), percentage(1_000))
      .thenRefused(inapplicable);
  });
});

describe('A basket that cannot be an order', () => {
  const of = (lines: readonly ItemLine[]) => () => priceOrder({ lines, promotions: [] });
  const [mug] = items({ MUG: [1, 4_500] });

  test.each([
    ['no lines', []],
    ['two currencies', [mug!, { ...mug!, unitPrice: money(100, 'EUR') }]],
    ['no units', [{ ...mug!, quantity: 0 }]],
    ['half a unit', [{ ...mug!, quantity: 0.5 }]],
    ['a negative price', [{ ...mug!, unitPrice: money(-1, 'CNY') }]],
  ])('(%s) is a fault of the caller', (_, lines) => {
    expect(of(lines)).toThrow(RangeError);
  });
});
