import { describe, expect, test } from 'vitest';
import { priceOrder } from '../../../../../functions/orders/domain/pricing/price-order.ts';
import type { DiscountRule } from '../../../../../functions/orders/domain/pricing/promotion.ts';
import { redeemCodes } from '../../../../../functions/orders/domain/pricing/redeem-codes.ts';
import { whyNoDiscount } from '../../../../../functions/orders/http/why-no-discount.ts';
import type { Sku } from '../../../../../functions/shared/kernel/ids.ts';
import { money } from '../../../../../functions/shared/kernel/money.ts';
import { fixed, free, percentage } from '../../../../support/pricing/discounts.ts';
import { items, promotion } from '../../../../support/pricing/promotions.ts';

const inEuro: DiscountRule = { type: 'fixed', amount: money(500, 'EUR') };
const from = (amount: number, currency: 'CNY' | 'EUR'): DiscountRule => ({
  type: 'conditional',
  condition: { type: 'minimum-subtotal', amount: money(amount, currency) },
  discount: percentage(1_000),
});
const all = (...discounts: readonly DiscountRule[]): DiscountRule => ({ type: 'composed', mode: 'all', discounts });

/** The refusal of the last of these rules for an order of two mugs for ¥45.00 each and a free sticker. */
function textOf(...rules: readonly DiscountRule[]): string {
  const lines = items({ MUG: [2, 4_500], STICKER: [1, 0] });
  const priced = priceOrder({ lines, promotions: rules.map((rule) => promotion(rule)) });
  if (priced.ok || priced.refusal.kind !== 'discount-not-applicable') throw new Error('Expected a refusal of a code.');
  return whyNoDiscount(priced.refusal);
}

describe('A code that takes nothing off says why', () => {
  const euro = 'it is for orders in EUR, and this one is in CNY.';
  test.each([
    [[inEuro], euro],
    [[from(1, 'EUR')], euro],
    [[all(inEuro, from(1, 'EUR'))], euro],
    [[percentage(1_000, 'PEN', 'LAMP')], 'none of its articles is on it; expected PEN or LAMP.'],
    [[free(2, 1, 'PEN')], 'none of its articles is on it; expected PEN.'],
    [
      [{ type: 'conditional', condition: { type: 'contains-sku', sku: 'LAMP' as Sku }, discount: fixed(1) }],
      'none of its articles is on it; expected LAMP.',
    ],
    [[from(10_000, 'CNY')], 'its articles have to cost 100.00 CNY or more, after the codes before it.'],
    [[fixed(500), from(9_000, 'CNY')], 'its articles have to cost 90.00 CNY or more, after the codes before it.'],
    [
      [{ type: 'conditional', condition: { type: 'minimum-quantity', quantity: 5 }, discount: fixed(1) }],
      'it needs 5 units or more of its articles.',
    ],
    [[free(2, 1, 'MUG')], 'it needs 3 units or more of its articles.'],
    [[fixed(100, 'STICKER')], 'its articles are free, or the codes before it have made them free.'],
    [[fixed(9_000), fixed(1)], 'its articles are free, or the codes before it have made them free.'],
    [[fixed(8_999), percentage(1)], 'its share of the price is below the smallest amount of the currency.'],
    [[all(inEuro, free(2, 1, 'MUG'))], 'none of its rules is for this order.'],
    [[from(1, 'CNY'), all(from(1, 'CNY'), inEuro), free(9, 1)], 'it needs 10 units or more of its articles.'],
  ] as const)('%j: %s', (rules, why) => {
    expect(textOf(...rules)).toBe(`The discount code CODE takes nothing off this order: ${why} Leave it out.`);
  });

  test('and so does one that does not exist, or is not valid now', () => {
    const over = { ...promotion(fixed(1), 'OVER'), validUntil: 1 };
    const texts = ['NO-SUCH', 'OVER'].map((code) => {
      const redeemed = redeemCodes([code], new Map([['OVER', over]]), 1);
      return redeemed.ok ? '' : whyNoDiscount(redeemed.refusal);
    });
    expect(texts).toEqual(['There is no discount code NO-SUCH.', 'The discount code OVER is not valid now.']);
  });
});
