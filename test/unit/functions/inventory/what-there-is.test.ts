import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { whatThereIs } from '../../../../functions/inventory/domain/what-there-is.ts';
import { priceOrder } from '../../../../functions/orders/domain/pricing/price-order.ts';
import type { OrderLine, PricedItems } from '../../../../functions/published/order-events.ts';
import type { Sku } from '../../../../functions/shared/kernel/ids.ts';
import { money, sum } from '../../../../functions/shared/kernel/money.ts';

const cny = (amount: number) => money(amount, 'CNY');
const itemOf = (sku: string, quantity: number, unitPrice: number) => ({
  sku: sku as Sku,
  name: sku,
  quantity,
  unitPrice: cny(unitPrice),
});
const TEN_PERCENT = { code: 'TEN', name: 'Ten percent', rule: { type: 'percentage', basisPoints: 1_000 } } as const;
function priced(items: readonly ReturnType<typeof itemOf>[], codes: readonly (typeof TEN_PERCENT)[] = []): PricedItems {
  const result = priceOrder({ lines: items, promotions: codes });
  if (!result.ok) throw new Error('It cannot be priced.');
  return result.value;
}
const short = (sku: string, available: number) => ({ sku: sku as Sku, available });

describe('An order of what there is', () => {
  const order = priced([itemOf('MUG', 3, 1_000), itemOf('POT', 1, 5_000)], [TEN_PERCENT]);

  test('keeps the units that are there, at the price that they had', () => {
    expect(whatThereIs(order, [short('MUG', 2)])).toEqual({
      lines: [
        { ...itemOf('MUG', 2, 1_000), discount: cny(200), net: cny(1_800) },
        { ...itemOf('POT', 1, 5_000), discount: cny(500), net: cny(4_500) },
      ],
      subtotal: cny(7_000),
      discounts: [{ code: 'TEN', name: 'Ten percent', amount: cny(700) }],
      total: cny(6_300),
      removed: [{ sku: 'MUG', quantity: 1 }],
    });
  });

  test('has no line of which nothing is left', () => {
    const left = whatThereIs(order, [short('MUG', 0)]);
    expect(left?.lines.map(({ sku }) => sku)).toEqual(['POT']);
    expect(left?.removed).toEqual([{ sku: 'MUG', quantity: 3 }]);
  });

  test('is none when nothing is left', () => {
    expect(whatThereIs(order, [short('MUG', 0), short('POT', 0)])).toBeUndefined();
  });

  test('is none when only what is free is left: nobody gets the gift without the goods', () => {
    const free: OrderLine = { ...itemOf('GIFT', 1, 100), discount: cny(100), net: cny(0) };
    const paid: OrderLine = { ...itemOf('MUG', 2, 1_000), discount: cny(0), net: cny(2_000) };
    const gift = { code: 'GIFT', name: 'A gift', amount: cny(100) };
    expect(whatThereIs({ lines: [paid, free], discounts: [gift] }, [short('MUG', 0)])).toBeUndefined();
  });

  test('takes counts below zero for none', () => {
    expect(whatThereIs(order, [short('MUG', -3)])?.removed).toEqual([{ sku: 'MUG', quantity: 3 }]);
  });

  test('rounds in favour of the customer', () => {
    const odd = { ...priced([itemOf('MUG', 3, 1_000)]).lines[0]!, discount: cny(2_000), net: cny(1_000) };
    const left = whatThereIs({ lines: [odd], discounts: [{ code: 'A', name: 'A', amount: cny(2_000) }] }, [
      short('MUG', 2),
    ]);
    expect(left).toMatchObject({ total: cny(666), discounts: [{ amount: cny(1_334) }] });
  });

  test('adds up to the minor unit, whatever was ordered, taken off and there: no unit costs more than before', () => {
    const item = fc.record({
      quantity: fc.integer({ min: 1, max: 9 }),
      // Of a smaller price no ten per cent can be taken off three times.
      price: fc.integer({ min: 100, max: 99_999 }),
      there: fc.integer({ min: 0, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 5 }), fc.integer({ min: 0, max: 3 }), (items, codes) => {
        const before = priced(
          items.map(({ quantity, price }, index) => itemOf(`A${index}`, quantity, price)),
          Array<typeof TEN_PERCENT>(codes).fill({ ...TEN_PERCENT }),
        );
        const missing = items.flatMap(({ quantity, there }, index) =>
          there < quantity ? [short(`A${index}`, there)] : [],
        );
        const after = whatThereIs(before, missing);
        if (after === undefined) return;
        expect(
          sum(
            after.lines.map(({ net }) => net),
            'CNY',
          ),
        ).toEqual(after.total);
        expect(
          after.subtotal.amount -
            sum(
              after.discounts.map(({ amount }) => amount),
              'CNY',
            ).amount,
        ).toBe(after.total.amount);
        for (const line of after.lines) {
          const old = before.lines.find(({ sku }) => sku === line.sku)!;
          expect(line.unitPrice.amount * line.quantity - line.discount.amount).toBe(line.net.amount);
          expect(line.net.amount * old.quantity).toBeLessThanOrEqual(old.net.amount * line.quantity);
          expect(line.quantity + (after.removed.find(({ sku }) => sku === line.sku)?.quantity ?? 0)).toBe(old.quantity);
        }
      }),
    );
  });
});
