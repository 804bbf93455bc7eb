import { describe, test } from 'vitest';
import type { DiscountRule } from '../../../../../../functions/orders/domain/pricing/promotion.ts';
import type { Sku } from '../../../../../../functions/shared/kernel/ids.ts';
import { money } from '../../../../../../functions/shared/kernel/money.ts';
import { fixed, free, givenBasket, inapplicable, percentage } from '../../../../../support/pricing/discounts.ts';
import { skus } from '../../../../../support/pricing/promotions.ts';

describe('A condition', () => {
  const bigOrder: DiscountRule = {
    type: 'conditional',
    condition: { type: 'minimum-subtotal', amount: money(100_000, 'CNY') },
    discount: percentage(1_500),
  };

  test('of a subtotal holds from that amount on: 15 % from ¥1,000.00', () => {
    givenBasket({ GRINDER: [1, 100_000] })
      .when(bigOrder)
      .then([15_000], 85_000);
    givenBasket({ GRINDER: [1, 99_999] })
      .when(bigOrder)
      .thenRefused(inapplicable);
  });

  test('of a subtotal sees what earlier discounts left', () => {
    givenBasket({ GRINDER: [1, 100_400] })
      .when(fixed(500), bigOrder)
      .thenRefused(inapplicable);
    givenBasket({ GRINDER: [1, 100_500] })
      .when(fixed(500), bigOrder)
      .then([500 + 15_000], 85_000);
  });

  test('of a subtotal of listed articles does not count the others', () => {
    const mugs: DiscountRule = {
      type: 'conditional',
      condition: { type: 'minimum-subtotal', amount: money(9_000, 'CNY'), skus: skus('MUG') },
      discount: fixed(100),
    };
    givenBasket({ MUG: [1, 4_500], COFFEE: [1, 8_800] })
      .when(mugs)
      .thenRefused(inapplicable);
    givenBasket({ MUG: [2, 4_500], COFFEE: [1, 8_800] })
      .when(mugs)
      .then([51, 49], 17_700);
  });

  test('of a subtotal in another currency never holds', () => {
    const dear = money(1, 'EUR');
    givenBasket({ MUG: [1, 4_500] })
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
    const when = givenBasket({ MUG: [quantity, 4_500], PEN: [10, 300] }).when(rule);
    if (holds) when.then([0, 300], 25_200);
    else when.thenRefused(inapplicable);
  });

  test('of an article holds when the order has it, for whatever the discount is on', () => {
    const rule: DiscountRule = {
      type: 'conditional',
      condition: { type: 'contains-sku', sku: 'GRINDER' as Sku },
      discount: fixed(800, 'COFFEE'),
    };
    givenBasket({ GRINDER: [1, 129_900], COFFEE: [1, 8_800] })
      .when(rule)
      .then([0, 800], 137_900);
    givenBasket({ COFFEE: [1, 8_800] })
      .when(rule)
      .thenRefused(inapplicable);
  });
});

describe('A composed discount', () => {
  test('of all takes each off what those before it left: ¥5.00 and then 10 % of ¥40.00', () => {
    givenBasket({ MUG: [1, 4_500] })
      .when({ type: 'composed', mode: 'all', discounts: [fixed(500), percentage(1_000)] })
      .then([900], 3_600);
    givenBasket({ MUG: [1, 4_500] })
      .when({ type: 'composed', mode: 'all', discounts: [percentage(1_000), fixed(500)] })
      .then([950], 3_550);
  });

  test('of the best takes the one that takes off most, on the same lines', () => {
    const best: DiscountRule = { type: 'composed', mode: 'best', discounts: [fixed(500), percentage(1_000)] };
    givenBasket({ MUG: [1, 4_500] })
      .when(best)
      .then([500], 4_000);
    givenBasket({ MUG: [2, 4_500] })
      .when(best)
      .then([900], 8_100);
  });

  test('of equally good ones takes the first', () => {
    givenBasket({ MUG: [1, 5_000], PEN: [1, 5_000] })
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
    givenBasket({ MUG: [3, 4_500], COFFEE: [1, 8_800] })
      .when(blackFriday)
      .then([4_500 + 506, 494], 16_800);
    givenBasket({ MUG: [2, 4_500] })
      .when(blackFriday)
      .then([1_800], 7_200);
  });
});
