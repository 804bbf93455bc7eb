import { describe, test } from 'vitest';
import { money } from '../../../../../../functions/shared/kernel/money.ts';
import { fixed, free, givenBasket, inapplicable, percentage } from '../../../../../support/pricing/discounts.ts';

describe('A percentage', () => {
  test('of the whole order is shared out over the lines: 10 % off ¥223.00 is ¥22.30', () => {
    givenBasket({ MUG: [3, 4_500], COFFEE: [1, 8_800] })
      .when(percentage(1_000))
      .then([1_350, 880], 20_070);
  });

  test('is rounded once, half a fen up: 15 % of ¥9.90 is 148.5 fen, ¥1.49', () => {
    givenBasket({ PEN: [1, 990] })
      .when(percentage(1_500))
      .then([149], 841);
  });

  test('below half a fen is rounded down: 1 % of ¥1.49 is ¥0.01', () => {
    givenBasket({ PEN: [1, 149] })
      .when(percentage(100))
      .then([1], 148);
  });

  test('of listed articles leaves the others at their price', () => {
    givenBasket({ MUG: [3, 4_500], COFFEE: [1, 8_800] })
      .when(percentage(5_000, 'COFFEE'))
      .then([0, 4_400], 17_900);
  });

  test('of 100 leaves nothing, and no line below nothing', () => {
    givenBasket({ MUG: [3, 4_501], PEN: [7, 1] })
      .when(percentage(10_000))
      .then([13_503, 7], 0);
  });

  test('stays exact where ordinary multiplication does not', () => {
    givenBasket({ PLANET: [1, Number.MAX_SAFE_INTEGER] })
      .when(percentage(9_999))
      .then([9_006_298_534_815_517], 900_719_925_474);
  });
});

describe('A fixed amount', () => {
  test('is shared out by what the lines cost: ¥5.00 off three equal lines is 1.67, 1.67 and 1.66', () => {
    givenBasket({ RED: [1, 1_000], GREEN: [1, 1_000], BLUE: [1, 1_000] })
      .when(fixed(500))
      .then([167, 167, 166], 2_500);
  });

  test('goes to the largest remainders, of equals to the first lines', () => {
    givenBasket({ A: [1, 100], B: [1, 200], C: [1, 100] })
      .when(fixed(1))
      .then([0, 1, 0], 399);
    givenBasket({ A: [1, 100], B: [1, 100] })
      .when(fixed(1))
      .then([1, 0], 199);
  });

  test('takes off what there is, not more', () => {
    givenBasket({ PEN: [1, 300] })
      .when(fixed(500))
      .then([300], 0);
    givenBasket({ PEN: [1, 300], MUG: [1, 4_500] })
      .when(fixed(500, 'PEN'))
      .then([300, 0], 4_500);
  });

  test('is not for an order in another currency', () => {
    givenBasket({ PEN: [1, 300] })
      .when({ type: 'fixed', amount: money(500, 'EUR') })
      .thenRefused(inapplicable);
  });
});

describe('Buy X, get Y', () => {
  test('gives every third mug: 3 for 2', () => {
    givenBasket({ MUG: [3, 4_500] })
      .when(free(2, 1, 'MUG'))
      .then([4_500], 9_000);
    givenBasket({ MUG: [7, 4_500] })
      .when(free(2, 1, 'MUG'))
      .then([9_000], 22_500);
  });

  test('gives the cheapest units of all articles together', () => {
    givenBasket({ GOLD: [1, 9_900], BLUE: [3, 4_500], RED: [2, 3_900] })
      .when(free(2, 1, 'GOLD', 'BLUE', 'RED'))
      .then([0, 0, 7_800], 23_400);
  });

  test('gives from the next cheapest line when the cheapest is used up', () => {
    givenBasket({ GOLD: [1, 9_900], BLUE: [4, 4_500], RED: [1, 3_900] })
      .when(free(2, 1))
      .then([0, 4_500, 3_900], 23_400);
  });

  test('gives of equally cheap lines the first', () => {
    givenBasket({ RED: [1, 4_500], BLUE: [2, 4_500] })
      .when(free(2, 1))
      .then([4_500, 0], 9_000);
  });

  test('gives a started group what is beyond the units that are paid: with buy 2 get 2, the third is free', () => {
    givenBasket({ MUG: [3, 4_500] })
      .when(free(2, 2))
      .then([4_500], 9_000);
    givenBasket({ MUG: [4, 4_500] })
      .when(free(2, 2))
      .then([9_000], 9_000);
    givenBasket({ MUG: [6, 4_500] })
      .when(free(2, 2))
      .then([9_000], 18_000);
  });

  test('is not for fewer units, and counts only listed articles', () => {
    givenBasket({ MUG: [2, 4_500] })
      .when(free(2, 1))
      .thenRefused(inapplicable);
    givenBasket({ MUG: [2, 4_500], PEN: [5, 300] })
      .when(free(2, 1, 'MUG'))
      .thenRefused(inapplicable);
  });

  test('after another discount gives what is left of the units, rounded down', () => {
    givenBasket({ PEN: [3, 100] })
      .when(fixed(1), free(2, 1))
      .then([1 + 99], 200);
  });
});
