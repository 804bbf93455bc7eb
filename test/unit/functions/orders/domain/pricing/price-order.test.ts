import { describe, expect, test } from '@jest/globals';
import { type ItemLine, priceOrder } from '../../../../../../functions/orders/domain/pricing/price-order.ts';
import type { DiscountRule } from '../../../../../../functions/orders/domain/pricing/promotion.ts';
import type { Sku } from '../../../../../../functions/shared/kernel/ids.ts';
import { money } from '../../../../../../functions/shared/kernel/money.ts';
import { items, priced, promotion, skus } from '../../../../../support/orders/promotions.ts';

/** Given a basket, when these rules apply in turn, then each line has this discount and the customer pays this total. */
const given = (basket: Parameters<typeof items>[0]) => ({
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

const percentage = (basisPoints: number, ...names: readonly string[]): DiscountRule => ({
  type: 'percentage',
  basisPoints,
  ...(names.length > 0 ? { skus: skus(...names) } : {}),
});
const fixed = (amount: number, ...names: readonly string[]): DiscountRule => ({
  type: 'fixed',
  amount: money(amount, 'CNY'),
  ...(names.length > 0 ? { skus: skus(...names) } : {}),
});
const free = (buy: number, get: number, ...names: readonly string[]): DiscountRule => ({
  type: 'buy-x-get-y',
  buy,
  get,
  ...(names.length > 0 ? { skus: skus(...names) } : {}),
});
const inapplicable = { kind: 'discount-not-applicable', code: 'CODE', because: 'no-effect' };

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
    given({ PLANET: [1, Number.MAX_SAFE_INTEGER] })
      .when()
      .then([0], Number.MAX_SAFE_INTEGER);
    given({ PLANET: [1, Number.MAX_SAFE_INTEGER], MUG: [1, 1] })
      .when()
      .thenRefused({ kind: 'total-too-large' });
  });
});

describe('A percentage', () => {
  test('of the whole order is shared out over the lines: 10 % off ¥223.00 is ¥22.30', () => {
    given({ MUG: [3, 4_500], COFFEE: [1, 8_800] })
      .when(percentage(1_000))
      .then([1_350, 880], 20_070);
  });

  test('is rounded once, half a fen up: 15 % of ¥9.90 is 148.5 fen, ¥1.49', () => {
    given({ PEN: [1, 990] })
      .when(percentage(1_500))
      .then([149], 841);
  });

  test('below half a fen is rounded down: 1 % of ¥1.49 is ¥0.01', () => {
    given({ PEN: [1, 149] })
      .when(percentage(100))
      .then([1], 148);
  });

  test('of listed articles leaves the others at their price', () => {
    given({ MUG: [3, 4_500], COFFEE: [1, 8_800] })
      .when(percentage(5_000, 'COFFEE'))
      .then([0, 4_400], 17_900);
  });

  test('of 100 leaves nothing, and no line below nothing', () => {
    given({ MUG: [3, 4_501], PEN: [7, 1] })
      .when(percentage(10_000))
      .then([13_503, 7], 0);
  });

  test('stays exact where ordinary multiplication does not', () => {
    given({ PLANET: [1, Number.MAX_SAFE_INTEGER] })
      .when(percentage(9_999))
      .then([9_006_298_534_815_517], 900_719_925_474);
  });
});

describe('A fixed amount', () => {
  test('is shared out by what the lines cost: ¥5.00 off three equal lines is 1.67, 1.67 and 1.66', () => {
    given({ RED: [1, 1_000], GREEN: [1, 1_000], BLUE: [1, 1_000] })
      .when(fixed(500))
      .then([167, 167, 166], 2_500);
  });

  test('goes to the largest remainders, of equals to the first lines', () => {
    given({ A: [1, 100], B: [1, 200], C: [1, 100] })
      .when(fixed(1))
      .then([0, 1, 0], 399);
    given({ A: [1, 100], B: [1, 100] })
      .when(fixed(1))
      .then([1, 0], 199);
  });

  test('takes off what there is, not more', () => {
    given({ PEN: [1, 300] })
      .when(fixed(500))
      .then([300], 0);
    given({ PEN: [1, 300], MUG: [1, 4_500] })
      .when(fixed(500, 'PEN'))
      .then([300, 0], 4_500);
  });

  test('is not for an order in another currency', () => {
    given({ PEN: [1, 300] })
      .when({ type: 'fixed', amount: money(500, 'EUR') })
      .thenRefused(inapplicable);
  });
});

describe('Buy X, get Y', () => {
  test('gives every third mug: 3 for 2', () => {
    given({ MUG: [3, 4_500] })
      .when(free(2, 1, 'MUG'))
      .then([4_500], 9_000);
    given({ MUG: [7, 4_500] })
      .when(free(2, 1, 'MUG'))
      .then([9_000], 22_500);
  });

  test('gives the cheapest units of all articles together', () => {
    given({ GOLD: [1, 9_900], BLUE: [3, 4_500], RED: [2, 3_900] })
      .when(free(2, 1, 'GOLD', 'BLUE', 'RED'))
      .then([0, 0, 7_800], 23_400);
  });

  test('gives from the next cheapest line when the cheapest is used up', () => {
    given({ GOLD: [1, 9_900], BLUE: [4, 4_500], RED: [1, 3_900] })
      .when(free(2, 1))
      .then([0, 4_500, 3_900], 23_400);
  });

  test('gives of equally cheap lines the first', () => {
    given({ RED: [1, 4_500], BLUE: [2, 4_500] })
      .when(free(2, 1))
      .then([4_500, 0], 9_000);
  });

  test('gives a started group what is beyond the units that are paid: with buy 2 get 2, the third is free', () => {
    given({ MUG: [3, 4_500] })
      .when(free(2, 2))
      .then([4_500], 9_000);
    given({ MUG: [4, 4_500] })
      .when(free(2, 2))
      .then([9_000], 9_000);
    given({ MUG: [6, 4_500] })
      .when(free(2, 2))
      .then([9_000], 18_000);
  });

  test('is not for fewer units, and counts only listed articles', () => {
    given({ MUG: [2, 4_500] })
      .when(free(2, 1))
      .thenRefused(inapplicable);
    given({ MUG: [2, 4_500], PEN: [5, 300] })
      .when(free(2, 1, 'MUG'))
      .thenRefused(inapplicable);
  });

  test('after another discount gives what is left of the units, rounded down', () => {
    given({ PEN: [3, 100] })
      .when(fixed(1), free(2, 1))
      .then([1 + 99], 200);
  });
});

describe('A condition', () => {
  const bigOrder: DiscountRule = {
    type: 'conditional',
    condition: { type: 'minimum-subtotal', amount: money(100_000, 'CNY') },
    discount: percentage(1_500),
  };

  test('of a subtotal holds from that amount on: 15 % from ¥1,000.00', () => {
    given({ GRINDER: [1, 100_000] })
      .when(bigOrder)
      .then([15_000], 85_000);
    given({ GRINDER: [1, 99_999] })
      .when(bigOrder)
      .thenRefused(inapplicable);
  });

  test('of a subtotal sees what earlier discounts left', () => {
    given({ GRINDER: [1, 100_400] })
      .when(fixed(500), bigOrder)
      .thenRefused(inapplicable);
    given({ GRINDER: [1, 100_500] })
      .when(fixed(500), bigOrder)
      .then([500 + 15_000], 85_000);
  });

  test('of a subtotal of listed articles does not count the others', () => {
    const mugs: DiscountRule = {
      type: 'conditional',
      condition: { type: 'minimum-subtotal', amount: money(9_000, 'CNY'), skus: skus('MUG') },
      discount: fixed(100),
    };
    given({ MUG: [1, 4_500], COFFEE: [1, 8_800] })
      .when(mugs)
      .thenRefused(inapplicable);
    given({ MUG: [2, 4_500], COFFEE: [1, 8_800] })
      .when(mugs)
      .then([51, 49], 17_700);
  });

  test('of a subtotal in another currency never holds', () => {
    const dear = money(1, 'EUR');
    given({ MUG: [1, 4_500] })
      .when({ type: 'conditional', condition: { type: 'minimum-subtotal', amount: dear }, discount: fixed(100) })
      .thenRefused(inapplicable);
  });

  test.each([
    [4, false],
    [5, true],
  ])('of five units with %i units: %s', (quantity, holds) => {
    const rule: DiscountRule = {
      type: 'conditional',
      condition: { type: 'minimum-quantity', quantity: 5, skus: skus('MUG') },
      discount: percentage(1_000, 'PEN'),
    };
    const when = given({ MUG: [quantity, 4_500], PEN: [10, 300] }).when(rule);
    if (holds) when.then([0, 300], 25_200);
    else when.thenRefused(inapplicable);
  });

  test('of an article holds when the order has it, for whatever the discount is on', () => {
    const rule: DiscountRule = {
      type: 'conditional',
      condition: { type: 'contains-sku', sku: 'GRINDER' as Sku },
      discount: fixed(800, 'COFFEE'),
    };
    given({ GRINDER: [1, 129_900], COFFEE: [1, 8_800] })
      .when(rule)
      .then([0, 800], 137_900);
    given({ COFFEE: [1, 8_800] })
      .when(rule)
      .thenRefused(inapplicable);
  });
});

describe('A composed discount', () => {
  test('of all takes each off what those before it left: ¥5.00 and then 10 % of ¥40.00', () => {
    given({ MUG: [1, 4_500] })
      .when({ type: 'composed', mode: 'all', discounts: [fixed(500), percentage(1_000)] })
      .then([900], 3_600);
    given({ MUG: [1, 4_500] })
      .when({ type: 'composed', mode: 'all', discounts: [percentage(1_000), fixed(500)] })
      .then([950], 3_550);
  });

  test('of the best takes the one that takes off most, on the same lines', () => {
    const best: DiscountRule = { type: 'composed', mode: 'best', discounts: [fixed(500), percentage(1_000)] };
    given({ MUG: [1, 4_500] })
      .when(best)
      .then([500], 4_000);
    given({ MUG: [2, 4_500] })
      .when(best)
      .then([900], 8_100);
  });

  test('of equally good ones takes the first', () => {
    given({ MUG: [1, 5_000], PEN: [1, 5_000] })
      .when({ type: 'composed', mode: 'best', discounts: [fixed(500, 'PEN'), fixed(500, 'MUG')] })
      .then([0, 500], 9_500);
  });

  test('nests: the best of 3 for 2 and 20 %, and ¥10.00 off what is left from ¥100.00', () => {
    const blackFriday: DiscountRule = {
      type: 'composed',
      mode: 'all',
      discounts: [
        { type: 'composed', mode: 'best', discounts: [free(2, 1, 'MUG'), percentage(2_000)] },
        {
          type: 'conditional',
          condition: { type: 'minimum-subtotal', amount: money(10_000, 'CNY') },
          discount: fixed(1_000),
        },
      ],
    };
    given({ MUG: [3, 4_500], COFFEE: [1, 8_800] })
      .when(blackFriday)
      .then([4_500 + 506, 494], 16_800);
    given({ MUG: [2, 4_500] })
      .when(blackFriday)
      .then([1_800], 7_200);
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
    given({ PEN: [1, 300] })
      .when(fixed(500), percentage(1_000))
      .thenRefused(inapplicable);
  });
});

describe('What is no order', () => {
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
