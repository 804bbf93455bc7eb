import { describe, expect, test } from 'vitest';
import { priceItems } from '../../functions/orders/application/price-items.ts';
import { add, money, sum, times } from '../../functions/shared/kernel/money.ts';
import { InMemoryPromotions } from '../support/fakes/in-memory-promotions.ts';
import { line, START } from '../support/orders/streams.ts';
import fc from '../support/run/properties.ts';

const amount = fc.integer({ min: 0, max: 1_000_000_000 });
const orderLine = fc
  .tuple(fc.stringMatching(/^[A-Z]{8}$/), fc.integer({ min: 1, max: 999 }), amount)
  .map(([sku, quantity, unitPrice]) => line(sku, quantity, unitPrice));

describe('Money', () => {
  test('adds up to the same, in any order and in any groups', () => {
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 30 }), fc.nat(), (amounts, at) => {
        const monies = amounts.map((each) => money(each, 'CNY'));
        const cut = monies.length === 0 ? 0 : at % monies.length;
        const parts = add(sum(monies.slice(cut), 'CNY'), sum(monies.slice(0, cut), 'CNY'));
        expect(parts).toEqual(sum(monies, 'CNY'));
      }),
    );
  });

  test('times a quantity is that many additions', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 60 }), (each, quantity) => {
        expect(times(money(each, 'CNY'), quantity)).toEqual(
          sum(
            Array.from({ length: quantity }, () => money(each, 'CNY')),
            'CNY',
          ),
        );
      }),
    );
  });

  test('is never silently wrong: beyond exact whole numbers it is a RangeError', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 999 }), (quantity) => {
        expect(() => times(money(Number.MAX_SAFE_INTEGER, 'CNY'), quantity)).toThrow(RangeError);
      }),
    );
  });

  test('of two currencies is never added', () => {
    fc.assert(
      fc.property(amount, amount, (left, right) => {
        expect(() => add(money(left, 'CNY'), money(right, 'EUR'))).toThrow(RangeError);
      }),
    );
  });

  test('of an order is the sum over its lines, to the last fen', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(orderLine, { minLength: 1, maxLength: 97, selector: ({ sku }) => sku }),
        async (lines) => {
          const catalogue = { find: async () => new Map(lines.map((listed) => [listed.sku, listed])) };
          // BigInt is exact, so it is the oracle.
          const exact = lines.reduce(
            (total, { quantity, unitPrice }) => total + BigInt(quantity) * BigInt(unitPrice.amount),
            0n,
          );
          fc.pre(exact > 0n);
          const priced = await priceItems(
            { catalogue, promotions: new InMemoryPromotions(), now: () => START },
            { items: lines },
          );
          expect(priced.ok && BigInt(priced.value.total.amount)).toBe(exact);
        },
      ),
    );
  });
});
